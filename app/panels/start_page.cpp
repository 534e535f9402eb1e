// SPDX-License-Identifier: GPL-3.0-or-later
#include "app/panels/start_page.h"

#include "app/panels/lesson_text.h"
#include "app/panels/window_theme.h"
#include "app/study/plain_text.h"

#include <QDir>
#include <QEvent>
#include <QFile>
#include <QFileInfo>
#include <QJsonDocument>
#include <QJsonObject>
#include <QLabel>
#include <QLocale>
#include <QPainter>
#include <QPushButton>
#include <QResizeEvent>
#include <QScrollArea>
#include <QVBoxLayout>

#include <algorithm>

namespace ratescope {

/// A large button with an icon, a title and a sentence.
class StartPage::Card : public QAbstractButton {
public:
    Card(const QString& icon, const QString& title, const QString& text, QWidget* parent)
        : QAbstractButton(parent)
        , m_iconName(icon)
        , m_body(text) {
        setText(title);
        setAccessibleName(title);
        setAccessibleDescription(text);
        setCursor(Qt::PointingHandCursor);
        setFocusPolicy(Qt::StrongFocus);
        setAttribute(Qt::WA_Hover);
        setSizePolicy(QSizePolicy::Expanding, QSizePolicy::Preferred); // as high as the highest of its row
    }

    QSize sizeHint() const override { return {280, heightFor(std::max(width(), minimumSizeHint().width()))}; }
    QSize minimumSizeHint() const override { return {std::max(190, 22 * fontMetrics().averageCharWidth()), 0}; }

protected:
    void resizeEvent(QResizeEvent* event) override {
        QAbstractButton::resizeEvent(event);
        setMinimumHeight(heightFor(event->size().width())); // narrower words take more lines
    }
    void paintEvent(QPaintEvent*) override {
        QPainter painter(this);
        painter.setRenderHint(QPainter::Antialiasing);
        const QColor accent = palette().color(QPalette::Highlight);
        const bool lit = underMouse() || hasFocus();
        painter.setPen(QPen(lit ? accent : palette().color(QPalette::Mid), lit ? 2 : 1));
        painter.setBrush(palette().color(QPalette::Base));
        painter.drawRoundedRect(QRectF(rect()).adjusted(1.5, 1.5, -1.5, -1.5), 10, 10);
        QPalette iconColors = palette();
        iconColors.setColor(QPalette::ButtonText, accent);
        themedIcon(m_iconName, iconColors).paint(&painter, QRect(20, 18, 34, 34));
        painter.setFont(titleFont());
        painter.setPen(palette().color(QPalette::Text));
        const int titleHeight = textHeight(titleFont(), text(), width());
        painter.drawText(QRect(side, titleTop, width() - 2 * side, titleHeight), Qt::AlignLeft | Qt::TextWordWrap, text());
        painter.setFont(font());
        painter.setPen(palette().color(QPalette::PlaceholderText));
        painter.drawText(QRect(side, titleTop + titleHeight + 4, width() - 2 * side, height() - titleTop - titleHeight - 12),
                         Qt::AlignLeft | Qt::TextWordWrap, m_body);
    }

private:
    static constexpr int side = 20;
    static constexpr int titleTop = 62;

    QFont titleFont() const {
        QFont bold = font();
        bold.setBold(true);
        bold.setPointSizeF(font().pointSizeF() * 1.2);
        return bold;
    }
    static int textHeight(const QFont& font, const QString& text, int width) {
        return QFontMetrics(font)
            .boundingRect(QRect(0, 0, width - 2 * side, 10000), Qt::AlignLeft | Qt::TextWordWrap, text)
            .height();
    }
    int heightFor(int width) const {
        return titleTop + textHeight(titleFont(), text(), width) + 4 + textHeight(font(), m_body, width) + 20;
    }

    QString m_iconName;
    QString m_body;
};

namespace {

QPushButton* makeLink(const QString& text, QWidget* parent) {
    auto* link = new QPushButton(text, parent);
    link->setFlat(true);
    link->setCursor(Qt::PointingHandCursor);
    link->setStyleSheet(
        QStringLiteral("QPushButton { text-align: left; padding: 4px 2px; border: none; color: palette(link); }"
                       "QPushButton:hover, QPushButton:focus { text-decoration: underline; }"));
    return link;
}

QLabel* makeHeading(const QString& text, QWidget* parent) {
    auto* heading = new QLabel(text, parent);
    QFont font = heading->font();
    font.setBold(true);
    heading->setFont(font);
    return heading;
}

} // namespace

StartPage::StartPage(QWidget* parent)
    : QWidget(parent) {
    auto* whole = new QVBoxLayout(this);
    whole->setContentsMargins(0, 0, 0, 0);
    auto* scroll = new QScrollArea(this); // in a small window, or with large type
    scroll->setWidgetResizable(true);
    scroll->setFrameShape(QFrame::NoFrame);
    scroll->setFocusPolicy(Qt::NoFocus);
    whole->addWidget(scroll);
    auto* content = new QWidget(scroll);
    scroll->setWidget(content);
    auto* outer = new QHBoxLayout(content);
    auto* column = new QWidget(content);
    column->setMaximumWidth(std::max(980, 130 * fontMetrics().averageCharWidth()));
    outer->addStretch(1);
    outer->addWidget(column, 20);
    outer->addStretch(1);
    auto* layout = new QVBoxLayout(column);
    layout->setContentsMargins(24, 24, 24, 24);
    layout->setSpacing(12);
    layout->addStretch(2);
    m_title = new QLabel(tr("See what a learning rate does"), column);
    m_subtitle =
        new QLabel(tr("Small networks, real handwritten digits, and three plots that move while they learn."), column);
    m_subtitle->setWordWrap(true);
    layout->addWidget(m_title);
    layout->addWidget(m_subtitle);
    layout->addSpacing(14);

    auto* cards = new QHBoxLayout;
    cards->setSpacing(16);
    const auto card = [&](const QString& icon, const QString& title, const QString& text, auto signal) {
        auto* made = new Card(icon, title, text, column);
        connect(made, &QAbstractButton::clicked, this, signal);
        cards->addWidget(made);
        m_cards << made;
    };
    card(QStringLiteral("learn"), tr("Watch a network learn"),
         tr("Three learning rates on the same network, the same start and the same batches, side by side."),
         &StartPage::learnRequested);
    card(QStringLiteral("range-test"), tr("Find a learning rate"),
         tr("A range test: the rate sweeps from tiny to huge, and the slope of the loss shows where it works."),
         &StartPage::rangeTestRequested);
    card(QStringLiteral("open"), tr("Open…"),
         tr("An experiment (*.json) to train, or a study (*.ratescope) with its curves."), &StartPage::openRequested);
    layout->addLayout(cards);
    layout->addSpacing(14);

    m_title->setWordWrap(true);
    m_lists = new QBoxLayout(QBoxLayout::LeftToRight);
    m_lists->setSpacing(30);
    auto* lessons = new QVBoxLayout;
    lessons->setSpacing(2);
    lessons->addWidget(makeHeading(tr("Lessons"), column));
    addLessons(lessons);
    lessons->addStretch(1);
    m_recent = new QVBoxLayout;
    m_recent->setSpacing(2);
    m_lists->addLayout(lessons, 1);
    m_lists->addLayout(m_recent, 1);
    layout->addLayout(m_lists);
    layout->addStretch(3);
    fillRecent();
    restyle();
}

void StartPage::addLessons(QVBoxLayout* layout) {
    const QDir folder(QStringLiteral(":/lessons"));
    for (const QString& name : folder.entryList({QStringLiteral("*.json")}, QDir::Files, QDir::Name)) {
        QFile file(folder.filePath(name));
        if (!file.open(QIODevice::ReadOnly)) continue;
        const QString title = QJsonDocument::fromJson(file.readAll()).object().value(QStringLiteral("title")).toString();
        QPushButton* link = makeLink(lessonText(title), this);
        connect(link, &QPushButton::clicked, this, [this, path = file.fileName()] { Q_EMIT lessonRequested(path); });
        layout->addWidget(link);
    }
}

void StartPage::setRecentFiles(const QStringList& files) {
    m_recentFiles = files;
    fillRecent();
}

void StartPage::setUnsavedWork(const QList<QPair<QString, QString>>& work) {
    m_unsaved = work;
    fillRecent();
}

void StartPage::fillRecent() {
    while (QLayoutItem* item = m_recent->takeAt(0)) {
        if (QWidget* widget = item->widget()) {
            widget->hide();
            widget->deleteLater();
        }
        delete item;
    }
    if (!m_unsaved.isEmpty()) m_recent->addWidget(makeHeading(tr("Unsaved work from an earlier start"), this));
    for (const auto& [path, text] : std::as_const(m_unsaved)) {
        QPushButton* link = makeLink(text, this);
        connect(link, &QPushButton::clicked, this, [this, file = path] { Q_EMIT unsavedWorkRequested(file); });
        m_recent->addWidget(link);
    }
    m_recent->addWidget(makeHeading(tr("Recent files"), this));
    for (const QString& path : std::as_const(m_recentFiles)) {
        QPushButton* link = makeLink(menuText(QFileInfo(path).fileName()), this);
        link->setToolTip(plainToolTip(path));
        connect(link, &QPushButton::clicked, this, [this, path] { Q_EMIT fileRequested(path); });
        m_recent->addWidget(link);
    }
    if (m_recentFiles.isEmpty()) {
        auto* none = new QLabel(tr("Files that you open or save appear here."), this);
        none->setWordWrap(true);
        none->setForegroundRole(QPalette::PlaceholderText);
        m_recent->addWidget(none);
    }
    m_recent->addStretch(1);
}

void StartPage::restyle() {
    QFont large = font();
    large.setPointSizeF(font().pointSizeF() * 2.1);
    large.setBold(true);
    m_title->setFont(large);
    QFont medium = font();
    medium.setPointSizeF(font().pointSizeF() * 1.15);
    m_subtitle->setFont(medium);
    m_subtitle->setForegroundRole(QPalette::PlaceholderText);
}

void StartPage::resizeEvent(QResizeEvent* event) {
    QWidget::resizeEvent(event);
    m_lists->setDirection(width() < 110 * fontMetrics().averageCharWidth() ? QBoxLayout::TopToBottom
                                                                           : QBoxLayout::LeftToRight);
}

void StartPage::changeEvent(QEvent* event) {
    if (event->type() == QEvent::FontChange) restyle();
    QWidget::changeEvent(event);
}

} // namespace ratescope

// SPDX-License-Identifier: GPL-3.0-or-later
#include "app/panels/schedule_gallery.h"

#include "app/panels/core_text.h"
#include "app/panels/schedule_card.h"

#include <QDialogButtonBox>
#include <QGridLayout>
#include <QHBoxLayout>
#include <QKeyEvent>
#include <QLabel>
#include <QPushButton>
#include <QVBoxLayout>

#include <algorithm>
#include <cmath>

namespace ratescope {

namespace {

constexpr int gap = 8;
constexpr int columns = 8;
constexpr qint64 typingPause = 900; ///< ms after which letters begin a new word

} // namespace

ScheduleGallery::ScheduleGallery(double rate, const RunLength& length, const std::string& current, QWidget* parent)
    : QDialog(parent) {
    setWindowTitle(tr("Choose a schedule"));
    auto* layout = new QVBoxLayout(this);
    layout->setContentsMargins(20, 12, 20, 14);
    layout->setSpacing(10);
    auto* grid = new QGridLayout;
    grid->setHorizontalSpacing(gap);
    grid->setVerticalSpacing(4);
    // Three rows that the eye finds its way in: what falls, what moves by a rule, and what is one's own beside the
    // words.
    buildGroup(*grid, 0, 0, ScheduleGroup::Constant, rate, length);
    buildGroup(*grid, 0, 1, ScheduleGroup::Decay, rate, length);
    buildGroup(*grid, 2, 0, ScheduleGroup::Cycle, rate, length);
    buildGroup(*grid, 2, 3, ScheduleGroup::WarmUp, rate, length);
    buildGroup(*grid, 2, 5, ScheduleGroup::ByData, rate, length);
    buildGroup(*grid, 4, 0, ScheduleGroup::Own, rate, length);
    grid->addWidget(buildDetails(), 5, 3, 1, columns - 3);
    layout->addLayout(grid);

    auto* buttons = new QDialogButtonBox(QDialogButtonBox::Cancel, this);
    m_compare = buttons->addButton(tr("Compare schedules…"), QDialogButtonBox::ActionRole);
    for (QAbstractButton* button : buttons->buttons())
        static_cast<QPushButton*>(button)->setAutoDefault(false); // Enter belongs to the cards
    connect(buttons, &QDialogButtonBox::rejected, this, &QDialog::reject);
    connect(m_compare, &QPushButton::clicked, this, [this] {
        reject();
        Q_EMIT compareRequested();
    });
    layout->addWidget(buttons);
    layout->setSizeConstraint(QLayout::SetFixedSize);

    const auto chosen =
        std::ranges::find_if(m_cards, [&](const ScheduleCard* card) { return card->family().type == current; });
    ScheduleCard* first = chosen != m_cards.end() ? *chosen : m_cards.front();
    if (chosen != m_cards.end()) first->setCurrent(true);
    first->setFocus();
    describe(*first);
}

void ScheduleGallery::buildGroup(QGridLayout& grid, int row, int column, ScheduleGroup group, double rate,
                                 const RunLength& length) {
    const QString title = group == ScheduleGroup::Constant ? tr("Constant")
                          : group == ScheduleGroup::Decay  ? tr("Decays")
                          : group == ScheduleGroup::Cycle  ? tr("Restarts and cycles")
                          : group == ScheduleGroup::WarmUp ? tr("Warm-ups")
                          : group == ScheduleGroup::ByData ? tr("By the data")
                                                           : tr("Your own");
    auto* heading = new QLabel(title, this);
    heading->setForegroundRole(QPalette::PlaceholderText);
    QFont font = heading->font();
    font.setWeight(QFont::DemiBold);
    heading->setFont(font);
    heading->setContentsMargins(2, row > 0 ? 6 : 0, 0, 0);
    int at = column;
    for (const ScheduleFamily& family : scheduleTable()) {
        if (family.group != group) continue;
        auto* card = new ScheduleCard(family, rate, length, this);
        card->installEventFilter(this);
        connect(card, &ScheduleCard::lookedAt, this, [this, card] { describe(*card); });
        connect(card, &QAbstractButton::clicked, this, [this, card] {
            accept();
            Q_EMIT familyChosen(card->family().type);
        });
        grid.addWidget(card, row + 1, at++);
        m_cards.push_back(card);
    }
    grid.addWidget(heading, row, column, 1, std::max(1, at - column));
}

QWidget* ScheduleGallery::buildDetails() {
    auto* details = new QWidget(this);
    auto* layout = new QVBoxLayout(details);
    layout->setContentsMargins(18, 4, 8, 4);
    layout->setSpacing(6);
    m_name = new QLabel(details);
    QFont font = m_name->font();
    font.setWeight(QFont::DemiBold);
    font.setPointSizeF(font.pointSizeF() * 1.25);
    m_name->setFont(font);
    m_meaning = new QLabel(details);
    m_meaning->setWordWrap(true);
    m_formula = new QLabel(details);
    m_formula->setWordWrap(true);
    m_formula->setForegroundRole(QPalette::PlaceholderText);
    for (QLabel* label : {m_name, m_meaning, m_formula}) layout->addWidget(label);
    layout->addStretch(1);
    return details;
}

void ScheduleGallery::setForPart(bool part) {
    for (ScheduleCard* card : m_cards) card->setEnabled(!part || card->family().kind != FamilyKind::Halving);
}

void ScheduleGallery::setCompareOffered(bool offered) {
    m_compare->setVisible(offered);
}

void ScheduleGallery::describe(const ScheduleCard& card) {
    const ScheduleFamily& family = card.family();
    m_name->setText(coreText(family.label));
    m_meaning->setText(coreText(family.meaning));
    m_formula->setText((family.group == ScheduleGroup::Own ? QStringLiteral("lr(t): ") : QStringLiteral("lr(t) = ")) +
                       coreText(family.formula));
}

bool ScheduleGallery::eventFilter(QObject* watched, QEvent* event) {
    auto* card = qobject_cast<ScheduleCard*>(watched);
    if (!card || event->type() != QEvent::KeyPress) return QDialog::eventFilter(watched, event);
    const auto* key = static_cast<QKeyEvent*>(event);
    switch (key->key()) {
    case Qt::Key_Return:
    case Qt::Key_Enter:
        card->click();
        return true;
    case Qt::Key_Left:
    case Qt::Key_Right:
    case Qt::Key_Up:
    case Qt::Key_Down:
        return moveFocus(*card, key->key());
    default:
        break;
    }
    const QString text = key->text();
    const bool letter =
        !text.isEmpty() && (text[0].isLetterOrNumber() || (text[0] == QLatin1Char(' ') && !m_letters.isEmpty()));
    if (letter && !(key->modifiers() & (Qt::ControlModifier | Qt::AltModifier))) return findByLetters(text);
    return QDialog::eventFilter(watched, event);
}

/// To the nearest card in that direction; along a row it goes on in the next one.
bool ScheduleGallery::moveFocus(const ScheduleCard& from, int key) {
    if (key == Qt::Key_Left || key == Qt::Key_Right) {
        auto it = std::ranges::find(m_cards, &from);
        const auto count = static_cast<std::ptrdiff_t>(m_cards.size());
        std::ptrdiff_t at = it - m_cards.begin();
        do at = (at + (key == Qt::Key_Right ? 1 : count - 1)) % count;
        while (!m_cards[static_cast<std::size_t>(at)]->isEnabled());
        m_cards[static_cast<std::size_t>(at)]->setFocus(Qt::TabFocusReason);
        return true;
    }
    ScheduleCard* best = nullptr;
    double least = 0.0;
    const QPoint here = from.geometry().center();
    for (ScheduleCard* card : m_cards) {
        const QPoint there = card->geometry().center() - here;
        const int ahead = key == Qt::Key_Down ? there.y() : -there.y();
        if (ahead <= from.height() / 2 || !card->isEnabled()) continue;
        const double distance = ahead + 0.5 * std::abs(there.x());
        if (best && distance >= least) continue;
        best = card;
        least = distance;
    }
    if (best) best->setFocus(Qt::TabFocusReason);
    return true;
}

bool ScheduleGallery::findByLetters(const QString& letters) {
    if (!m_lastLetter.isValid() || m_lastLetter.elapsed() > typingPause) m_letters.clear();
    m_lastLetter.start();
    m_letters += letters;
    const auto focused = std::ranges::find_if(m_cards, [](const ScheduleCard* card) { return card->hasFocus(); });
    const std::size_t from = focused != m_cards.end() ? static_cast<std::size_t>(focused - m_cards.begin()) : 0;
    // One letter goes on to the next card; more of them stay where they fit.
    for (std::size_t i = m_letters.size() > 1 ? 0 : 1; i <= m_cards.size(); ++i) {
        ScheduleCard* card = m_cards[(from + i) % m_cards.size()];
        if (!card->isEnabled() || !card->text().startsWith(m_letters, Qt::CaseInsensitive)) continue;
        card->setFocus(Qt::TabFocusReason);
        break;
    }
    return true;
}

} // namespace ratescope

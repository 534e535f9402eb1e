// SPDX-License-Identifier: GPL-3.0-or-later
#include "app/panels/start_form.h"

#include "app/panels/calm_spin_box.h"
#include "app/study/plain_text.h"

#include <QCheckBox>
#include <QComboBox>
#include <QFileDialog>
#include <QFileInfo>
#include <QFormLayout>
#include <QLineEdit>

namespace ratescope {

namespace {

constexpr int kindRole = Qt::UserRole;
constexpr int valueRole = Qt::UserRole + 1;
constexpr qsizetype mostShown = 80; ///< characters of a file's name

QString ratesText(const std::vector<double>& rates) {
    QStringList texts;
    for (const double rate : rates) texts << QString::fromStdString(shortest(rate));
    return texts.join(QStringLiteral(", "));
}

} // namespace

StartForm::StartForm(QWidget* parent)
    : QWidget(parent)
    , m_source(new CalmComboBox(this))
    , m_newHead(new QCheckBox(tr("New last layer"), this))
    , m_layerRates(new QLineEdit(this)) {
    auto* form = new QFormLayout(this);
    form->setContentsMargins(0, 0, 0, 0);
    form->setFieldGrowthPolicy(QFormLayout::AllNonFixedFieldsGrow);
    m_source->setAccessibleName(tr("First weights"));
    m_source->setSizeAdjustPolicy(QComboBox::AdjustToMinimumContentsLengthWithIcon);
    m_source->setMinimumContentsLength(8);
    m_source->setToolTip(tr("Drawn from the seed, or those that another run ended with, or a safetensors file's"));
    m_newHead->setToolTip(tr("Draw the last layer's weights anew, for other classes than those it was trained on"));
    m_layerRates->setAccessibleName(tr("Layer rates"));
    m_layerRates->setPlaceholderText(tr("1 for all"));
    m_layerRates->setToolTip(tr("What multiplies the rate for each layer with weights, input side first: 0, 0.1, 1. 0 freezes a layer."));
    form->addRow(tr("Weights"), m_source);
    form->addRow(m_newHead);
    form->addRow(tr("Layer rates"), m_layerRates);
    connect(m_source, &QComboBox::activated, this, &StartForm::choose);
    connect(m_newHead, &QCheckBox::toggled, this, &StartForm::edited);
    connect(m_layerRates, &QLineEdit::textEdited, this, &StartForm::edited);
}

void StartForm::addSource(Kind kind, const QString& text, const QString& value) {
    m_source->addItem(text, static_cast<int>(kind));
    m_source->setItemData(m_source->count() - 1, value, valueRole);
}

void StartForm::load(const RunConfig& config, const QStringList& runs, bool another) {
    const QSignalBlocker blocker(this);
    const StartFromSpec start = config.startFrom.value_or(StartFromSpec{});
    m_source->clear();
    addSource(Kind::Drawn, tr("drawn from the seed"), {});
    for (const QString& run : runs) addSource(Kind::Run, tr("of “%1”").arg(run), run);
    const QString run = QString::fromStdString(start.run);
    const QString file = QString::fromStdString(start.file);
    if (!run.isEmpty() && !runs.contains(run)) addSource(Kind::Run, tr("of “%1”").arg(run), run);
    if (!file.isEmpty()) addSource(Kind::File, cutText(QFileInfo(file).fileName(), mostShown), file);
    addSource(Kind::ChooseFile, tr("of a file…"), {});
    m_chosen = 0;
    for (int i = 1; i < m_source->count(); ++i) {
        const QString value = m_source->itemData(i, valueRole).toString();
        if (!value.isEmpty() && value == (run.isEmpty() ? file : run)) m_chosen = i;
    }
    m_source->setCurrentIndex(m_chosen);
    m_newHead->setChecked(start.newHead);
    if (another || !m_layerRates->hasFocus()) m_layerRates->setText(ratesText(config.layerRates)); // not from under somebody's hands
    updateEnabled();
}

void StartForm::choose(int index) {
    if (m_source->itemData(index, kindRole).toInt() == static_cast<int>(Kind::ChooseFile)) {
        const QString file = QFileDialog::getOpenFileName(this, tr("Weights to start from"), {}, tr("Weights (*.safetensors)"));
        if (file.isEmpty()) {
            m_source->setCurrentIndex(m_chosen);
            return;
        }
        m_source->insertItem(index, cutText(QFileInfo(file).fileName(), mostShown), static_cast<int>(Kind::File));
        m_source->setItemData(index, file, valueRole);
        m_source->setCurrentIndex(index);
    }
    m_chosen = index;
    updateEnabled();
    Q_EMIT edited();
}

void StartForm::updateEnabled() { m_newHead->setEnabled(m_chosen > 0); }

void StartForm::read(RunConfig& config, Problems& problems) const {
    config.startFrom.reset();
    const auto kind = static_cast<Kind>(m_source->itemData(m_chosen, kindRole).toInt());
    const std::string value = m_source->itemData(m_chosen, valueRole).toString().toStdString();
    if (kind == Kind::Run) config.startFrom = StartFromSpec{value, {}, m_newHead->isChecked()};
    if (kind == Kind::File) config.startFrom = StartFromSpec{{}, value, m_newHead->isChecked()};
    config.layerRates.clear();
    const QString text = m_layerRates->text().trimmed();
    if (text.isEmpty()) return;
    for (const QString& part : text.split(QLatin1Char(','))) {
        bool good = false;
        config.layerRates.push_back(part.trimmed().toDouble(&good));
        if (!good) problems.push_back({"layer_rates", "has “" + part.trimmed().toStdString() + "”; expected numbers with commas between, such as 0, 0.1, 1"});
    }
}

} // namespace ratescope

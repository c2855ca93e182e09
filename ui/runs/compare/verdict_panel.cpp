// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/runs/compare/verdict_panel.h"

#include "core/results/seed_verdict.h"
#include "core/results/verdict_text.h"
#include "core/store/run_settings.h"
#include "ui/text/training_text.h"
#include "ui/widgets/core_text.h"
#include "ui/widgets/plain_text.h"
#include "ui/widgets/text_labels.h"

#include <QComboBox>
#include <QHBoxLayout>
#include <QLabel>
#include <QScrollArea>
#include <QSignalBlocker>
#include <QVBoxLayout>
#include <algorithm>
#include <array>
#include <utility>

namespace simclr::ui {

namespace {

/// The difference for which the number of seeds is stated: 2 points.
constexpr double toShow = 0.02;

/// More comparisons are neither read nor decided: the correction leaves none.
constexpr std::size_t mostGroups = 50;
constexpr int shownLines = 8;

struct Measure {
    Protocol protocol;
    Split split;
};

constexpr std::array measures{Measure{Protocol::Linear, Split::Test},
                              Measure{Protocol::Linear, Split::Validation},
                              Measure{Protocol::Knn, Split::Test}, Measure{Protocol::Knn, Split::Validation}};

SeedGroup valuesOf(const SelectedRuns &group, const Measure &measure) {
    SeedGroup values;
    for (const RunPtr &run : group.runs)
        if (const Result *result = finalResult(*run, measure.protocol, measure.split))
            values.push_back({run->id, run->seed, result->value, run->dataset.evaluatedFingerprint()});
    return values;
}

bool isKnown(const std::vector<SelectedRuns> &groups, const Measure &measure) {
    return std::ranges::any_of(
        groups, [&measure](const SelectedRuns &group) { return !valuesOf(group, measure).empty(); });
}

} // namespace

VerdictPanel::VerdictPanel(QWidget *parent)
    : QWidget(parent),
      m_baseline(new QComboBox),
      m_measure(new QComboBox),
      m_sentences(plainLabel({}, this)) {
    m_baseline->setObjectName(QStringLiteral("baseline"));
    m_baseline->setAccessibleName(tr("Baseline"));
    m_baseline->setToolTip(tr("The group that the others are compared with"));
    m_measure->setObjectName(QStringLiteral("verdictMeasure"));
    m_measure->setAccessibleName(tr("Accuracy"));
    m_sentences->setObjectName(QStringLiteral("verdicts"));
    m_sentences->setWordWrap(true);
    m_sentences->setTextInteractionFlags(Qt::TextSelectableByMouse | Qt::TextSelectableByKeyboard);
    auto *row = new QHBoxLayout;
    row->addWidget(mutedLabel(tr("Over seeds, compared with"), this));
    row->addWidget(m_baseline);
    row->addWidget(mutedLabel(tr("by"), this));
    row->addWidget(m_measure);
    row->addStretch(1);
    auto *column = new QVBoxLayout(this);
    column->setContentsMargins(0, 0, 0, 0);
    column->setSpacing(6);
    column->addLayout(row);
    auto *scroll = new QScrollArea;
    scroll->setWidget(m_sentences);
    scroll->setWidgetResizable(true);
    scroll->setFrameShape(QFrame::NoFrame);
    scroll->setMaximumHeight(fontMetrics().lineSpacing() * shownLines);
    column->addWidget(scroll);
    connect(m_baseline, &QComboBox::activated, this, &VerdictPanel::show);
    connect(m_measure, &QComboBox::activated, this, &VerdictPanel::show);
    hide();
}

void VerdictPanel::setGroups(std::vector<SelectedRuns> groups) {
    m_groups = std::move(groups);
    m_left = m_groups.size() > mostGroups ? m_groups.size() - mostGroups : 0;
    m_groups.resize(m_groups.size() - m_left);
    const bool hasGroups = m_groups.size() > 1 && std::ranges::any_of(m_groups, &SelectedRuns::isGroup);
    setVisible(hasGroups);
    if (!hasGroups)
        return;
    fillBaselines();
    fillMeasures();
    show();
}

void VerdictPanel::fillBaselines() {
    QStringList titles;
    for (const SelectedRuns &group : m_groups)
        titles.append(group.title);
    if (titles == m_titles)
        return; // it may be open
    m_titles = titles;
    const QString kept = m_baseline->currentText();
    m_baseline->clear();
    m_baseline->addItems(titles);
    m_baseline->setCurrentIndex(std::max(0, m_baseline->findText(kept)));
}

/// Those that at least one run has.
void VerdictPanel::fillMeasures() {
    QList<int> known;
    for (int i = 0; i < static_cast<int>(measures.size()); ++i)
        if (isKnown(m_groups, measures[static_cast<std::size_t>(i)]))
            known.append(i);
    if (known == m_measures)
        return; // it may be open
    m_measures = known;
    const QVariant kept = m_measure->currentData();
    m_measure->clear();
    for (const int place : std::as_const(known)) {
        const Measure &each = measures[static_cast<std::size_t>(place)];
        m_measure->addItem(tr("%1, %2").arg(protocolTitle(each.protocol), splitText(each.split)), place);
    }
    m_measure->setCurrentIndex(std::max(0, m_measure->findData(kept)));
}

void VerdictPanel::show() {
    if (m_measure->count() == 0) {
        m_sentences->setText(tr("These runs have no accuracies of their last epoch yet."));
        return;
    }
    const Measure &measure = measures[static_cast<std::size_t>(m_measure->currentData().toInt())];
    m_sentences->setText(
        sentences(static_cast<std::size_t>(m_baseline->currentIndex()), measure.protocol, measure.split));
}

QString VerdictPanel::sentences(std::size_t baseline, Protocol protocol, Split split) const {
    std::vector<SeedGroup> groups;
    for (std::size_t i = 0; i < m_groups.size(); ++i)
        if (i != baseline)
            groups.push_back(valuesOf(m_groups[i], {protocol, split}));
    const std::vector<SeedVerdict> verdicts =
        compareWithBaseline(groups, valuesOf(m_groups[baseline], {protocol, split}), toShow);
    QStringList lines;
    std::size_t place = 0;
    for (std::size_t i = 0; i < m_groups.size(); ++i)
        if (i != baseline)
            lines.append(coreText(
                sentenceOn(verdicts[place++], m_groups[i].title.toStdString(), comparedAccuracy(protocol))));
    if (m_left > 0)
        lines.append(m_left == 1 ? tr("One more group is not compared.")
                                 : tr("%1 more groups are not compared.").arg(m_left));
    return lines.join(QLatin1Char('\n'));
}

} // namespace simclr::ui

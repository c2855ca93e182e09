// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/runs/explore/result_picker.h"

#include <QSignalBlocker>
#include <algorithm>

namespace simclr::ui {

ResultPicker::ResultPicker(QWidget *parent) : QComboBox(parent) {
    setObjectName(QStringLiteral("resultChoice"));
    setAccessibleName(tr("Evaluation"));
    setToolTip(tr("Protocol and split of the evaluation: the newest one of each run"));
    setSizeAdjustPolicy(QComboBox::AdjustToContents);
    connect(this, &QComboBox::activated, this, [this] {
        if (choice() != nullptr)
            m_wanted = choice()->results.front().key;
        Q_EMIT chosen();
    });
}

void ResultPicker::setRuns(const std::vector<RunRecord> &runs) {
    const QSignalBlocker blocker(this);
    m_choices = resultChoices(runs);
    clear();
    for (const ResultChoice &each : m_choices)
        addItem(choiceTitle(runs, each));
    setEnabled(count() > 0);
    if (count() == 0)
        addItem(tr("Not evaluated"));
    setCurrentIndex(m_wanted ? std::max(0, placeOf(*m_wanted)) : 0);
}

int ResultPicker::placeOf(const ResultKey &key) const {
    const auto found = std::ranges::find_if(
        m_choices, [&key](const ResultChoice &each) { return areAlike(each.results.front().key, key); });
    return found == m_choices.end() ? -1 : int(found - m_choices.begin());
}

const ResultChoice *ResultPicker::choice() const {
    const auto place = static_cast<std::size_t>(currentIndex());
    return place < m_choices.size() ? &m_choices[place] : nullptr;
}

void ResultPicker::choose(const ResultKey &key) {
    m_wanted = key;
    if (const int place = placeOf(key); place >= 0 && place != currentIndex()) {
        setCurrentIndex(place);
        Q_EMIT chosen();
    }
}

} // namespace simclr::ui

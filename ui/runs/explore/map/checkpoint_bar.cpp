// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/runs/explore/map/checkpoint_bar.h"

#include "core/run/run_features.h"
#include "ui/widgets/plain_text.h"
#include "ui/widgets/text_labels.h"
#include "ui/widgets/theme.h"
#include "ui/widgets/tool_buttons.h"

#include <QHBoxLayout>
#include <QSignalBlocker>
#include <QSlider>
#include <algorithm>

namespace simclr::ui {

CheckpointBar::CheckpointBar(QWidget *parent)
    : QWidget(parent),
      m_play(iconButton(QStringLiteral("playCheckpoints"), QStringLiteral("media-playback-start"),
                        tr("Show the maps of all checkpoints one after another"), this)),
      m_slider(new QSlider(Qt::Horizontal, this)),
      m_text(mutedLabel({}, this)) {
    m_play->setCheckable(true);
    m_slider->setObjectName(QStringLiteral("checkpointSlider"));
    m_slider->setAccessibleName(tr("Checkpoint"));
    m_slider->setToolTip(tr("Checkpoint of the run. Each map starts at that of the checkpoint before."));
    m_slider->setPageStep(1);
    m_text->setObjectName(QStringLiteral("checkpointText"));
    auto *layout = new QHBoxLayout(this);
    layout->setContentsMargins(0, 0, 0, 0);
    layout->addWidget(m_play);
    layout->addWidget(m_slider, 1);
    layout->addWidget(m_text);
    constexpr int pause = 500; // ms
    m_pause.setSingleShot(true);
    m_pause.setInterval(pause);
    connect(m_play, &QToolButton::clicked, this, &CheckpointBar::play);
    connect(&m_pause, &QTimer::timeout, this, &CheckpointBar::next);
    connect(m_slider, &QSlider::valueChanged, this, [this] {
        showStep();
        Q_EMIT stepChosen();
    });
    hide();
}

void CheckpointBar::setRun(const RunRecord &run) {
    const QSignalBlocker blocker(m_slider);
    const bool isSame = run.id == m_run.id && run.database == m_run.database;
    const bool wasLast = m_slider->value() + 1 >= int(m_steps.size());
    const std::optional<std::int64_t> before = step();
    m_run = run;
    m_steps = checkpointSteps(run);
    m_slider->setRange(0, std::max(0, int(m_steps.size()) - 1));
    const auto kept = before && isSame && !wasLast ? std::ranges::find(m_steps, *before) : m_steps.end();
    m_slider->setValue(kept == m_steps.end() ? m_slider->maximum() : int(kept - m_steps.begin()));
    setVisible(m_steps.size() > 1);
    if (!isSame)
        stopPlaying();
    showStep();
}

std::optional<std::int64_t> CheckpointBar::step() const {
    const auto place = static_cast<std::size_t>(m_slider->value());
    return place < m_steps.size() ? std::optional(m_steps[place]) : std::nullopt;
}

void CheckpointBar::play(bool on) {
    m_play->setIcon(
        theme::icon(on ? QStringLiteral("media-playback-pause") : QStringLiteral("media-playback-start")));
    if (!on)
        return m_pause.stop();
    if (m_slider->value() == 0)
        Q_EMIT stepChosen();
    else
        m_slider->setValue(m_slider->value() == m_slider->maximum() ? 0 : m_slider->value() + 1);
}

void CheckpointBar::showFinished() {
    if (m_play->isChecked())
        m_pause.start();
}

void CheckpointBar::next() {
    if (m_slider->value() == m_slider->maximum())
        return stopPlaying();
    m_slider->setValue(m_slider->value() + 1);
}

void CheckpointBar::stopPlaying() {
    m_play->setChecked(false);
    play(false);
}

void CheckpointBar::showStep() {
    const auto chosen = step();
    if (!chosen)
        return m_text->clear();
    const bool hasEpochs = m_run.totalSteps > 0 && m_run.totalEpochs > 0;
    const double epoch =
        hasEpochs ? double(*chosen) * double(m_run.totalEpochs) / double(m_run.totalSteps) : 0;
    m_text->setText(hasEpochs
                        ? tr("epoch %1 of %2").arg(QLocale().toString(epoch, 'g', 4)).arg(m_run.totalEpochs)
                        : tr("step %1").arg(countText(*chosen)));
}

} // namespace simclr::ui

// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/diagnose/crop_histograms.h"
#include "core/diagnose/shortcut_meters.h"

#include <QObject>
#include <QString>
#include <memory>

namespace simclr::ui {

/// Everything that a measurement depends on.
struct MetersRequest {
    DatasetPtr dataset;
    Pipeline pipeline;
    int viewSize = 32; ///< pixels
    std::uint64_t seed = 1;
    std::uint32_t sample = 0; ///< whose histograms are wanted
};

/// What was measured, or why nothing was.
struct MetersAnswer {
    std::uint64_t generation = 0;
    MetersRequest request;
    Meters meters;
    CropHistograms histograms;
    QString problem; ///< a sentence's end; the rest is then without meaning
};

using MetersAnswerPtr = std::shared_ptr<const MetersAnswer>;

/// Measures pipelines in a thread of its own that gives way to everything else, on half of the cores at most,
/// because the preview is what a person waits for. A new request ends the one under way, and only answers to
/// the newest are told. Lives on the UI thread; owned by the MetersPanel.
class MetersWorker : public QObject {
    Q_OBJECT
  public:
    explicit MetersWorker(QObject *parent = nullptr);
    /// Waits for the views being drawn, at most.
    ~MetersWorker() override;

    void request(const MetersRequest &request);
    /// Nothing that was asked for until now is answered any more.
    void cancel();

  Q_SIGNALS:
    void measured(const simclr::ui::MetersAnswerPtr &answer);

  private:
    class Thread;

    void deliver(const MetersAnswerPtr &answer);

    std::unique_ptr<Thread> m_thread;
    std::uint64_t m_newest = 0;
};

} // namespace simclr::ui

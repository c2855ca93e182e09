// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/diagnose/crop_histograms.h"
#include "core/diagnose/view_diagnostics.h"
#include "ui/background/background_worker.h"

#include <QObject>
#include <QString>
#include <memory>

namespace simclr::ui {

/// Everything that a measurement depends on.
struct DiagnosticsRequest {
    DatasetPtr dataset;
    Pipeline pipeline;
    int viewSize = 32; ///< pixels
    std::uint64_t seed = 1;
    std::uint32_t sample = 0; ///< the image whose histograms are shown
};

/// The measurements, or why there are none.
struct DiagnosticsAnswer {
    DiagnosticsRequest request;
    ViewDiagnostics diagnostics;
    CropHistograms histograms;
    QString problem; ///< end of a sentence; if set, the other members are meaningless
};

using DiagnosticsAnswerPtr = std::shared_ptr<const DiagnosticsAnswer>;

/// Measures pipelines in its own thread at low priority, on at most half of the cores, because the user waits
/// for the preview. A new request cancels the current one, and only answers to the newest request are
/// announced. Lives on the UI thread; owned by the DiagnosticsPanel.
class DiagnosticsWorker : public QObject {
    Q_OBJECT
  public:
    explicit DiagnosticsWorker(QObject *parent = nullptr);

    void request(const DiagnosticsRequest &request);
    /// Discards the answers to all requests so far.
    void cancel() { m_worker.cancel(); }

  Q_SIGNALS:
    void measured(const simclr::ui::DiagnosticsAnswerPtr &answer);

  private:
    BackgroundWorker m_worker; ///< its destructor waits at most for the views being rendered
};

} // namespace simclr::ui

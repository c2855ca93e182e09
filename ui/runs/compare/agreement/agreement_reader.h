// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/results/agreement.h"
#include "core/results/result.h"
#include "ui/background/background_worker.h"
#include "ui/workspace/run_catalogue.h"

#include <QObject>
#include <QString>
#include <filesystem>
#include <vector>

namespace simclr::ui {

/// The results of several runs that are compared image by image.
struct AgreementRequest {
    struct Each {
        RunPtr run;
        ResultKey key;    ///< of its newest result of the wanted protocol and split
        double value = 0; ///< its accuracy
        Json detail;      ///< with the seconds it took: measured again, it may have other predictions
    };
    std::vector<Each> results;
    bool isOrdered = true; ///< similar ones are neighbours; otherwise as they are
};

/// How far the predictions of runs agree, pair by pair.
struct AgreementAnswer {
    std::vector<AgreementRequest::Each> results; ///< those whose predictions are stored, in the wanted order
    std::vector<Agreement> matrix;               ///< row by row
    int withoutPredictions = 0;
    QString problem; ///< empty, or why nothing could be read

    const Agreement &at(std::size_t row, std::size_t column) const {
        return matrix[row * results.size() + column];
    }
};

/// Reads predictions and compares them in a thread of its own; the newest request is answered. Owned by the
/// AgreementPanel; UI thread.
class AgreementReader : public QObject {
    Q_OBJECT
  public:
    explicit AgreementReader(std::filesystem::path database, QObject *parent = nullptr);

    /// answered() follows.
    void ask(const AgreementRequest &request);
    bool isReading() const { return m_worker.isWorking(); }

  Q_SIGNALS:
    void answered(const simclr::ui::AgreementAnswer &answer);

  private:
    std::filesystem::path m_database;
    BackgroundWorker m_worker{BackgroundWorker::Policy::StopCurrent};
};

} // namespace simclr::ui

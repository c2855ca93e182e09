// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/data/dataset_cache.h"
#include "core/store/records.h"
#include "ui/background/background_worker.h"

#include <QObject>
#include <QString>

namespace simclr::ui {

/// The images that a run was trained on, opened again in a thread: those that are open in this program
/// already, or else those at their source, if they have not changed. Owned by the view that shows them; UI
/// thread.
class RunImages : public QObject {
    Q_OBJECT
  public:
    explicit RunImages(DatasetCache &cache, QObject *parent = nullptr);

    /// Does nothing if they are open, or being opened.
    void open(const DatasetRecord &record);
    /// Null until they are open, and if they are not available.
    const DatasetPtr &dataset() const { return m_dataset; }
    /// Why they are not available: a sentence; otherwise empty.
    const QString &problem() const { return m_problem; }
    bool isOpening() const { return m_worker.isWorking(); }

  Q_SIGNALS:
    /// dataset() or problem() has changed.
    void changed();

  private:
    struct Opened;
    void take(const Opened &opened);

    DatasetCache &m_cache;
    std::string m_source;
    std::string m_fingerprint;
    DatasetPtr m_dataset;
    QString m_problem;
    BackgroundWorker m_worker{BackgroundWorker::Policy::StopCurrent};
};

} // namespace simclr::ui

// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/store/records.h"
#include "ui/background/background_worker.h"

#include <QHash>
#include <QList>
#include <QObject>
#include <QPair>
#include <QString>
#include <QStringList>
#include <filesystem>
#include <memory>
#include <vector>

namespace simclr::ui {

/// Reads curves from the store in its own thread and caches them; later requests read only new points. Lives
/// on the UI thread; owned by the CurvesPanel.
class CurveLoader : public QObject {
    Q_OBJECT
  public:
    using Key = QPair<qint64, QString>; ///< run and metric

    explicit CurveLoader(std::filesystem::path database, QObject *parent = nullptr);

    /// Requests these curves, or their new points; loaded() follows if there are any.
    void request(const QList<Key> &keys);
    /// The points of a curve that were read so far.
    const std::vector<MetricPoint> &curve(const Key &key) const;
    /// The same for another thread; it does not change when more points are read.
    std::shared_ptr<const std::vector<MetricPoint>> shared(const Key &key) const;
    /// Requests the records of these runs; described() follows. Runs that do not exist are left out.
    void describe(const std::vector<RunId> &runs);
    /// Requests the names of metrics of these runs that are not of this program, as imported runs have;
    /// metricsListed() follows.
    void listMetrics(const std::vector<RunId> &runs);
    /// Drops the curves of a run that restarted from a checkpoint or was deleted.
    void forget(qint64 run);

  Q_SIGNALS:
    void loaded();
    void described(const std::vector<simclr::RunRecord> &runs);
    void metricsListed(const QStringList &foreign);
    void failed(const QString &reason);

  private:
    struct Piece {
        Key key;
        std::int64_t afterStep = 0;
        std::vector<MetricPoint> points;
    };
    struct Answer {
        std::vector<Piece> pieces;
        QString problem;
    };
    struct Described {
        std::vector<RunRecord> runs;
        QString problem;
    };
    static Described readRuns(const std::filesystem::path &database, const std::vector<RunId> &runs);
    void dropUnwanted();
    static Answer read(const std::filesystem::path &database, std::vector<Piece> pieces);
    void take(const Answer &answer);
    void add(const std::vector<Piece> &pieces);

    std::filesystem::path m_database;
    QHash<Key, std::shared_ptr<std::vector<MetricPoint>>> m_curves;
    QList<Key> m_wanted;
    bool m_again = false; ///< curves were requested while others were read
    BackgroundWorker m_worker{BackgroundWorker::Policy::FinishCurrent};
    BackgroundWorker m_describer{BackgroundWorker::Policy::StopCurrent};
    BackgroundWorker m_lister{BackgroundWorker::Policy::StopCurrent};
};

} // namespace simclr::ui

// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/data/dataset.h"
#include "ui/background/background_worker.h"

#include <QCache>
#include <QObject>
#include <QPixmap>
#include <memory>
#include <vector>

namespace simclr::ui {

/// Decodes and scales images of a dataset in threads of its own, those that were asked for last first, and
/// keeps the recent ones: at most so many bytes, however many images there are. Owned by whoever shows them;
/// UI thread.
class TileLoader : public QObject {
    Q_OBJECT
  public:
    /// A loaded image: without a pixmap it cannot be read, because of `problem`.
    struct Tile {
        QPixmap pixmap;
        QString problem;
        ImageSize size; ///< of the image itself, pixels
        int pixels = 0; ///< side for which it was made, in device pixels
    };

    /// `mostBytes`: of the pixmaps that are kept.
    explicit TileLoader(qint64 mostBytes = qint64{96} << 20, QObject *parent = nullptr);
    ~TileLoader() override;

    /// Null for no images.
    void setDataset(const DatasetPtr &dataset);
    /// In device-independent pixels, `ratio` device pixels each. Tiles of another size are still returned
    /// until they are loaded again.
    void setSide(int side, qreal ratio);

    /// nullptr if it is not loaded. Valid until the next call of another function.
    const Tile *tile(std::uint32_t sample) const;
    /// Loads those that are missing, in this order. What was asked for before, and is not loaded yet, is
    /// forgotten.
    void want(const std::vector<std::uint32_t> &samples);
    /// Bytes of the pixmaps that are kept, to within 1 KiB each.
    qint64 keptBytes() const { return qint64(m_kept.totalCost()) << 10; }

  Q_SIGNALS:
    /// Some images of the last want() are loaded.
    void loaded(const QList<quint32> &samples);

  private:
    struct Queue;
    struct Rendered;
    int pixels() const;
    bool isMissing(std::uint32_t sample) const;
    void keep(const std::vector<Rendered> &rendered);

    static Rendered render(const Dataset &dataset, std::uint32_t sample, int pixels);
    static void drain(const BackgroundWorker::Task &task, Queue &queue, TileLoader &loader);

    DatasetPtr m_dataset;
    int m_side = 96;
    qreal m_ratio = 1;
    int m_generation = 0;               ///< of dataset and size; tiles of earlier ones are not kept
    QCache<std::uint32_t, Tile> m_kept; ///< cost in KiB
    std::shared_ptr<Queue> m_queue;
    std::vector<std::unique_ptr<BackgroundWorker>> m_workers; // declared last: destroyed first
};

} // namespace simclr::ui

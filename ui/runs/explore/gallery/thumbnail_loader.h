// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/data/dataset.h"
#include "ui/background/background_worker.h"

#include <QCache>
#include <QObject>
#include <QPixmap>
#include <QSet>
#include <vector>

namespace simclr::ui {

/// Decodes and scales the images of a dataset in threads of its own, and keeps the recent ones: at most 64
/// MiB, however many images there are. Owned by whoever shows them; UI thread.
class ThumbnailLoader : public QObject {
    Q_OBJECT
  public:
    /// A loaded image: without a pixmap it cannot be read, because of `problem`.
    struct Thumbnail {
        QPixmap pixmap;
        QString problem;
        int pixels = 0; ///< side for which it was made, in device pixels
    };

    explicit ThumbnailLoader(QObject *parent = nullptr);

    /// Null for no images.
    void setDataset(const DatasetPtr &dataset);
    const DatasetPtr &dataset() const { return m_dataset; }
    /// In device-independent pixels, `ratio` device pixels each. Those of another size are still returned
    /// until they are loaded again.
    void setSide(int side, qreal ratio);
    int side() const { return m_side; }

    /// nullptr if it is not loaded. Valid until the next call of another function.
    const Thumbnail *thumbnail(std::uint32_t sample) const;
    /// Loads those that are missing, in this order, instead of what was requested before.
    void load(const std::vector<std::uint32_t> &samples);

  Q_SIGNALS:
    void loaded(quint32 sample);

  private:
    struct Rendered {
        QImage image;
        QString problem;
    };
    static Rendered render(const Dataset &dataset, std::uint32_t sample, int pixels);
    int pixels() const;
    bool isMissing(std::uint32_t sample) const;
    void keep(std::uint32_t sample, int pixels, const Rendered &rendered);
    void forget();

    DatasetPtr m_dataset;
    int m_side = 96;
    qreal m_ratio = 1;
    QCache<std::uint32_t, Thumbnail> m_kept; ///< cost in KiB
    QSet<std::uint32_t> m_requested;         ///< not answered yet
    BackgroundWorker m_worker{BackgroundWorker::Policy::StopCurrent};
};

} // namespace simclr::ui

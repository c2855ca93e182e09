// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/image/image.h"

#include <QImage>
#include <QObject>
#include <QString>
#include <memory>

namespace simclr::ui {

/// Renders in its own thread what each operation does to one image: with its initial parameters, always
/// applied, and of a few fixed samples the one that changes most, so that the effect is visible. Combinations
/// have no effect of their own and are skipped. Lives on the UI thread; owned by the OperationPalette.
class OperationThumbnails : public QObject {
    Q_OBJECT
  public:
    /// Side of a thumbnail in pixels: twice the size on screen, for high-density displays.
    static constexpr int side = 72;

    explicit OperationThumbnails(QObject *parent = nullptr);
    /// Waits at most for the operation being rendered.
    ~OperationThumbnails() override;

    /// Renders the thumbnails of this image; what is still missing of the previous image is cancelled. An
    /// empty image has no thumbnails.
    void setImage(const Image &image);

  Q_SIGNALS:
    /// A thumbnail of the newest image, side × side pixels.
    void thumbnailReady(const QString &operation, const QImage &thumbnail);
    /// All thumbnails of the newest image are ready, or none can be rendered.
    void finished();

  private:
    class Worker;

    std::unique_ptr<Worker> m_worker;
    std::uint64_t m_generation = 0;
};

} // namespace simclr::ui

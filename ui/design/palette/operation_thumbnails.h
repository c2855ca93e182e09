// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/image/image.h"
#include "ui/background/background_worker.h"

#include <QImage>
#include <QObject>
#include <QString>

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

    /// Renders the thumbnails of this image; what is still missing of the previous image is cancelled. An
    /// empty image has no thumbnails.
    void setImage(const Image &image);

  Q_SIGNALS:
    /// A thumbnail of the newest image, side × side pixels.
    void thumbnailReady(const QString &operation, const QImage &thumbnail);
    /// All thumbnails of the newest image are ready, or none can be rendered.
    void finished();

  private:
    void renderAll(const Image &image, const BackgroundWorker::Task &task);

    /// Its destructor waits at most for the operation being rendered.
    BackgroundWorker m_worker{BackgroundWorker::Policy::StopCurrent};
};

} // namespace simclr::ui

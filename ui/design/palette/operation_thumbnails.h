// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/image/image.h"

#include <QImage>
#include <QObject>
#include <QString>
#include <memory>

namespace simclr::ui {

/// Draws, in a thread of its own, what each operation does to one picture: with its initial parameters,
/// always applied, and of a few fixed draws the one that changes most, so that the effect is seen.
/// Combinations have no picture of their own and are left out. Lives on the UI thread; owned by the
/// OperationPalette.
class OperationThumbnails : public QObject {
    Q_OBJECT
  public:
    /// Side of a thumbnail in pixels: twice what is shown, for dense screens.
    static constexpr int side = 72;

    explicit OperationThumbnails(QObject *parent = nullptr);
    /// Waits for the operation being drawn, at most.
    ~OperationThumbnails() override;

    /// Draws all of this picture from now on; what was not drawn yet of the one before is left. Of an empty
    /// picture there are none.
    void setImage(const Image &image);

  Q_SIGNALS:
    /// One of the newest picture, side × side pixels.
    void thumbnailReady(const QString &operation, const QImage &thumbnail);
    /// All of the newest picture are there, or none can be.
    void finished();

  private:
    class Worker;

    std::unique_ptr<Worker> m_worker;
    std::uint64_t m_generation = 0;
};

} // namespace simclr::ui

// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "ui/runs/explore/map/mapped_images.h"

#include <QFrame>
#include <optional>

class QLabel;

namespace simclr::ui {

class ThumbnailLoader;

/// The image under the pointer, with its class, prediction, split and name, beside the pointer. Owned by the
/// widget that it covers; never takes the mouse. UI thread.
class HoverCard : public QFrame {
    Q_OBJECT
  public:
    explicit HoverCard(QWidget *parent);

    void setImages(const MappedImages &images);
    /// Shows a row beside `place`, or hides.
    void showRow(std::optional<quint32> row, const QPoint &place);
    QString text() const;

  private:
    void showPicture();

    MappedImages m_images;
    ThumbnailLoader *m_thumbnails;
    QLabel *m_picture;
    QLabel *m_text;
    std::uint32_t m_sample = 0;
};

} // namespace simclr::ui

// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "ui/background/background_worker.h"
#include "ui/runs/explore/neighbours/neighbour_query.h"

#include <QWidget>
#include <array>
#include <optional>

class QLabel;
class QToolButton;

namespace simclr::ui {

class ImageGallery;
class InlineMessage;
class ThumbnailLoader;

/// The neighbours of one image by the features of one run, or of two for comparison. An image file that is
/// dropped here, or opened, is searched for, too. Owned by the view that shows it; UI thread.
class NeighboursPanel : public QWidget {
    Q_OBJECT
  public:
    explicit NeighboursPanel(QWidget *parent = nullptr);

    /// Where to search: none, one or two. Searches again for what is shown.
    void setSources(std::vector<NeighbourSourcePtr> sources);
    const std::vector<NeighbourSourcePtr> &sources() const { return m_sources; }
    /// An image of the first source; of the second one the image of the same number.
    void showImage(quint32 sample);
    void showFile(const QString &file);
    /// The image whose neighbours are shown; nothing for none or a file.
    std::optional<quint32> image() const { return m_sample; }

  Q_SIGNALS:
    /// The neighbours of image(), for each source.
    void found(const std::vector<simclr::ui::FoundNeighbours> &neighbours);

  protected:
    void dragEnterEvent(QDragEnterEvent *event) override;
    void dropEvent(QDropEvent *event) override;

  private:
    void build();
    void search();
    void showFound(const std::vector<FoundNeighbours> &neighbours);
    void showQuery();
    void askForFile();
    QString headingOf(const std::vector<FoundNeighbours> &neighbours, std::size_t place) const;

    std::vector<NeighbourSourcePtr> m_sources;
    std::optional<quint32> m_sample;
    QString m_file;
    ThumbnailLoader *m_thumbnails;
    QLabel *m_picture;
    QLabel *m_text;
    InlineMessage *m_message;
    QToolButton *m_open;
    std::array<ImageGallery *, 2> m_galleries;
    BackgroundWorker m_worker{BackgroundWorker::Policy::StopCurrent};
};

/// The local image file of a drag, if it is exactly one; empty otherwise.
QString droppedImage(const QMimeData *data);

} // namespace simclr::ui

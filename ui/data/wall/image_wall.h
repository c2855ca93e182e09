// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "ui/data/wall/sample_set.h"
#include "ui/data/wall/tile_loader.h"
#include "ui/data/wall/wall_layout.h"
#include "ui/widgets/spoken.h"

#include <QAbstractScrollArea>
#include <QTimer>
#include <functional>
#include <memory>
#include <vector>

namespace simclr::ui {

/// The images of a dataset as a wall of thumbnails that scrolls however many there are: only what is visible
/// is placed, decoded and painted. Images are selected with mouse and keyboard as in a file manager. Owned by
/// its parent; UI thread.
class ImageWall : public QAbstractScrollArea, public Spoken {
    Q_OBJECT
  public:
    using Samples = std::shared_ptr<const std::vector<std::uint32_t>>;

    static constexpr int smallestSide = 32; ///< device-independent pixels
    static constexpr int largestSide = 256;

    explicit ImageWall(QWidget *parent = nullptr);

    /// Null for no images. Shows none of them until setSamples().
    void setDataset(const DatasetPtr &dataset);
    const DatasetPtr &dataset() const { return m_dataset; }
    /// The samples that are shown, in this order. The selection and the current image stay.
    void setSamples(const Samples &samples);
    const std::vector<std::uint32_t> &samples() const { return *m_samples; }
    /// What a tooltip and a screen reader say of an image: set by the owner; the size is 0 × 0 while unknown.
    void setDescription(std::function<QString(std::uint32_t, const ImageSize &)> description) {
        m_description = std::move(description);
    }

    int side() const { return m_layout.side; }
    /// Side of the tiles; what is in the middle stays there.
    void setSide(int side);
    const WallLayout &layoutOfTiles() const { return m_layout; }

    const SampleSet &selection() const { return m_selection; }
    /// The selected images that are shown; without a selection the current one.
    std::vector<std::uint32_t> chosen() const;
    /// How many of the selected images are shown.
    std::size_t shownSelected() const;
    void selectSamples(const std::vector<std::uint32_t> &samples);
    /// The image with the keyboard focus; −1: none.
    int currentPosition() const { return m_current; }
    void setCurrent(int position);
    /// The first position that is visible; scrolls so that another one is.
    int firstVisible() const { return m_layout.between(top(), top()).first; }
    void setFirstVisible(int position);
    /// The loaded tiles, for tests and benchmarks.
    const TileLoader &tiles() const { return *m_tiles; }

    QAccessible::Role spokenRole() const override { return QAccessible::List; }
    QString spokenValue() const override;

  Q_SIGNALS:
    void selectionChanged();
    /// The current image; −1 if there is none.
    void currentChanged(qint64 sample);
    void activated(quint32 sample);
    void sideChanged(int side);

  protected:
    bool event(QEvent *event) override;
    void paintEvent(QPaintEvent *event) override;
    void resizeEvent(QResizeEvent *event) override;
    void showEvent(QShowEvent *event) override;
    void scrollContentsBy(int dx, int dy) override;
    void mousePressEvent(QMouseEvent *event) override;
    void mouseMoveEvent(QMouseEvent *event) override;
    void mouseDoubleClickEvent(QMouseEvent *event) override;
    void keyPressEvent(QKeyEvent *event) override;
    void wheelEvent(QWheelEvent *event) override;
    void focusInEvent(QFocusEvent *event) override;
    void focusOutEvent(QFocusEvent *event) override;
    bool viewportEvent(QEvent *event) override;

  private:
    int top() const;
    QRect shownTile(int position) const;
    int positionAt(const QPoint &place) const { return m_layout.positionAt(place + QPoint(0, top())); }
    void arrange();
    void loadVisible();
    void paintTile(QPainter &painter, int position) const;
    void repaintTiles(const QList<quint32> &samples);
    /// Selects from the anchor to `position`, and nothing else unless `isAdded`.
    void selectRange(int position, bool isAdded);
    void selectAll(bool isSelected);
    void pick(int position, Qt::KeyboardModifiers modifiers);
    /// The position that a key moves to; −1: another key.
    int moved(int key) const;
    void scrollTo(int position);
    void changeSelection(const std::function<void()> &change);

    DatasetPtr m_dataset;
    Samples m_samples;
    WallLayout m_layout;
    TileLoader *m_tiles;
    SampleSet m_selection;
    int m_current = -1;
    int m_anchor = -1; ///< where a range starts
    std::function<QString(std::uint32_t, const ImageSize &)> m_description;
    QTimer m_soon; ///< loads once after several changes
};

} // namespace simclr::ui

// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "ui/runs/compare/pipelines/pipeline_samples.h"

#include <QPixmap>
#include <QWidget>
#include <map>
#include <tuple>

namespace simclr::ui {

/// The same images as each pipeline renders them: a row per image, a column for the original and two for the
/// views of each pipeline. Images are as large as the width allows; the height follows. Owned by the
/// PipelinesPanel; UI thread.
class PipelinesCanvas : public QWidget {
    Q_OBJECT
  public:
    explicit PipelinesCanvas(QWidget *parent = nullptr);

    void setSamples(const PipelineSamplesPtr &samples);
    const PipelineSamplesPtr &samples() const { return m_samples; }
    /// The square of an image: column 0 is the original, 1 and 2 the views of the first pipeline, …
    QRect cell(int row, int column) const;

    bool hasHeightForWidth() const override { return true; }
    int heightForWidth(int width) const override;
    QSize sizeHint() const override { return {600, heightForWidth(600)}; }

  protected:
    bool event(QEvent *event) override;
    void paintEvent(QPaintEvent *event) override;
    void resizeEvent(QResizeEvent *event) override;

  private:
    int columns() const;
    int side(int width) const;
    int left(int column, int side) const;
    int headerHeight() const;
    const Image &imageAt(int row, int column) const;
    const QPixmap &pixmap(int row, int column);
    void paintHeader(QPainter &painter);
    QString textAt(const QPoint &point) const;

    PipelineSamplesPtr m_samples;
    std::map<std::pair<int, int>, QPixmap> m_pixmaps; ///< of the current side
};

} // namespace simclr::ui

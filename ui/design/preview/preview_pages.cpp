// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/design/preview/preview_pages.h"

#include "ui/design/preview/preview_film.h"
#include "ui/design/preview/preview_grid.h"
#include "ui/design/preview/preview_painting.h"
#include "ui/design/preview/preview_sheet.h"

#include <QEvent>
#include <QScrollArea>
#include <algorithm>
#include <cmath>

namespace simclr::ui {

namespace {

QScrollArea *scrolled(QWidget *widget) {
    auto *area = new QScrollArea;
    area->setWidget(widget);
    area->setWidgetResizable(true);
    area->setFrameShape(QFrame::NoFrame);
    area->setFocusPolicy(Qt::NoFocus);
    return area;
}

} // namespace

PreviewPages::PreviewPages(QWidget *parent)
    : QStackedWidget(parent),
      m_grid(new PreviewGrid),
      m_film(new PreviewFilm),
      m_sheet(new PreviewSheet),
      m_gridArea(scrolled(m_grid)),
      m_filmArea(scrolled(m_film)) {
    addWidget(m_gridArea);
    addWidget(m_filmArea);
    addWidget(m_sheet);
    m_gridArea->viewport()->installEventFilter(this);
    connect(m_grid, &PreviewGrid::newSampleRequested, this, &PreviewPages::newSampleRequested);
    connect(m_film, &PreviewFilm::newSampleRequested, this, &PreviewPages::newSampleRequested);
    connect(m_sheet, &PreviewSheet::newSampleRequested, this, &PreviewPages::newSampleRequested);
}

void PreviewPages::setMode(PreviewMode mode) {
    const bool isFilm = mode == PreviewMode::Filmstrip;
    setCurrentWidget(isFilm                       ? static_cast<QWidget *>(m_filmArea)
                     : mode == PreviewMode::Sheet ? static_cast<QWidget *>(m_sheet)
                                                  : m_gridArea);
    applyZoom();
}

void PreviewPages::setPreview(const PreviewPtr &preview) {
    m_preview = preview;
    m_grid->setPreview(preview);
    if (preview && preview->request.mode == PreviewMode::Filmstrip)
        m_film->setPreview(preview);
    if (preview && preview->request.mode == PreviewMode::Sheet)
        m_sheet->setPreview(preview);
}

void PreviewPages::zoom(int steps) {
    m_zoom = std::clamp(m_zoom + steps, -3, 6);
    applyZoom();
    Q_EMIT zoomed();
}

double PreviewPages::scale() const {
    return std::pow(1.25, m_zoom);
}

QImage PreviewPages::picture() const {
    if (!m_preview || m_preview->tiles.empty())
        return {};
    if (currentWidget() == m_gridArea)
        return m_grid->picture();
    return pictureOf(currentWidget() == m_sheet ? static_cast<QWidget &>(*m_sheet) : *m_film);
}

void PreviewPages::setViewSize(int side) {
    m_viewSize = side;
    applyZoom();
}

void PreviewPages::applyZoom() {
    const double factor = scale();
    m_film->setSide(int(std::lround(112 * factor)));
    m_sheet->setSide(int(std::lround(std::clamp(m_viewSize, 96, 128) * factor)));
    m_grid->setScale(factor);
    m_grid->setMinimumSize(m_zoom > 0 ? m_gridArea->viewport()->size() * factor : QSize(0, 0));
}

bool PreviewPages::eventFilter(QObject *watched, QEvent *event) {
    if (watched == m_gridArea->viewport() && event->type() == QEvent::Resize && m_zoom > 0)
        QMetaObject::invokeMethod(this, &PreviewPages::applyZoom, Qt::QueuedConnection);
    return QStackedWidget::eventFilter(watched, event);
}

} // namespace simclr::ui

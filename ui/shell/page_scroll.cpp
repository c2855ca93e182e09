// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/shell/page_scroll.h"

#include <QEvent>
#include <QScrollArea>

namespace simclr::ui {

namespace {

/// Holds a page and hides its height-for-width: QScrollArea would use it to enlarge every page that has
/// wrapping text.
class PageFrame : public QWidget {
  public:
    explicit PageFrame(QWidget *page) : m_page(page) {
        page->setParent(this);
        page->installEventFilter(this);
    }

    QSize minimumSizeHint() const override {
        return m_page->minimumSizeHint().expandedTo(m_page->minimumSize());
    }
    QSize sizeHint() const override { return m_page->sizeHint(); }

  protected:
    void resizeEvent(QResizeEvent *) override { m_page->setGeometry(rect()); }

    bool eventFilter(QObject *watched, QEvent *event) override {
        if (event->type() == QEvent::LayoutRequest)
            updateGeometry();
        return QWidget::eventFilter(watched, event);
    }

  private:
    QWidget *m_page;
};

} // namespace

QScrollArea *scrolledPage(QWidget *page) {
    auto *area = new QScrollArea;
    area->setWidget(new PageFrame(page));
    area->setWidgetResizable(true);
    area->setFrameShape(QFrame::NoFrame);
    area->setFocusPolicy(Qt::NoFocus);
    return area;
}

} // namespace simclr::ui

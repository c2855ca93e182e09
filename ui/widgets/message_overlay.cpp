// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/widgets/message_overlay.h"

#include "ui/widgets/theme.h"

#include <QEvent>
#include <QLabel>
#include <QPainter>
#include <QToolButton>
#include <QVBoxLayout>
#include <algorithm>

namespace simclr::ui {

namespace {

QToolButton *closeButton(QLabel &message) {
    auto *close = new QToolButton;
    close->setObjectName(message.objectName() + QStringLiteral("Close"));
    close->setIcon(theme::icon(QStringLiteral("window-close")));
    close->setToolTip(MessageOverlay::tr("Close this message"));
    close->setAccessibleName(MessageOverlay::tr("Close this message"));
    close->setAutoRaise(true);
    QObject::connect(close, &QToolButton::clicked, &message, &QWidget::hide);
    return close;
}

/// A row is shown while its label is.
class ClosableRow : public QWidget {
  public:
    explicit ClosableRow(QLabel &message) : m_message(message) {
        auto *row = new QHBoxLayout(this);
        row->setContentsMargins(8, 3, 3, 3);
        row->addWidget(&message, 1);
        row->addWidget(closeButton(message), 0, Qt::AlignTop);
        message.installEventFilter(this);
        setVisible(!message.isHidden());
    }

    bool eventFilter(QObject *watched, QEvent *event) override {
        if (watched == &m_message &&
            (event->type() == QEvent::ShowToParent || event->type() == QEvent::HideToParent))
            setVisible(!m_message.isHidden());
        return QWidget::eventFilter(watched, event);
    }

  private:
    QLabel &m_message;
};

} // namespace

MessageOverlay::MessageOverlay(QWidget &page, QWidget &anchor, Edge edge)
    : QFrame(&page), m_page(page), m_anchor(&anchor), m_edge(edge), m_column(new QVBoxLayout(this)) {
    m_column->setContentsMargins(0, 0, 0, 0);
    m_column->setSpacing(2);
    page.installEventFilter(this);
    anchor.installEventFilter(this);
    hide();
}

void MessageOverlay::add(QWidget &message) {
    message.installEventFilter(this);
    m_column->addWidget(&message);
    place();
}

void MessageOverlay::addClosable(QLabel &message) {
    add(*new ClosableRow(message));
}

bool MessageOverlay::eventFilter(QObject *watched, QEvent *event) {
    switch (event->type()) {
    case QEvent::ShowToParent:
    case QEvent::HideToParent:
    case QEvent::Show:
    case QEvent::Hide:
    case QEvent::Resize:
    case QEvent::Move:
    case QEvent::LayoutRequest:
        place();
        break;
    default:
        break;
    }
    return QFrame::eventFilter(watched, event);
}

bool MessageOverlay::hasMessage() const {
    for (int i = 0; i < m_column->count(); ++i)
        if (!m_column->itemAt(i)->widget()->isHidden())
            return true;
    return false;
}

void MessageOverlay::place() {
    setVisible(hasMessage());
    if (isHidden())
        return;
    const bool isAnchored = m_anchor && m_anchor->isVisibleTo(&m_page);
    const QRect over =
        isAnchored ? QRect(m_anchor->mapTo(&m_page, QPoint(0, 0)), m_anchor->size()) : m_page.rect();
    const int needed = m_column->hasHeightForWidth() ? m_column->totalHeightForWidth(over.width())
                                                     : m_column->totalSizeHint().height();
    const int height = std::min(needed, over.height());
    setGeometry(over.left(), m_edge == Edge::Top ? over.top() : over.bottom() - height + 1, over.width(),
                height);
    raise();
}

void MessageOverlay::paintEvent(QPaintEvent *) {
    QPainter painter(this);
    painter.fillRect(rect(), theme::raised());
    painter.setPen(theme::border());
    painter.drawRect(rect().adjusted(0, 0, -1, -1));
}

} // namespace simclr::ui

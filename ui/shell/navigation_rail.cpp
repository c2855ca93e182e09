// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/shell/navigation_rail.h"

#include "ui/widgets/style_painting.h"
#include "ui/widgets/theme.h"
#include "ui/widgets/tool_buttons.h"

#include <QAbstractButton>
#include <QButtonGroup>
#include <QPainter>
#include <QVBoxLayout>

namespace simclr::ui {

namespace {

constexpr int railWidth = 68;

/// The button of a page: icon above title, and an accent bar at the edge while the page is shown.
class RailButton : public QAbstractButton {
  public:
    explicit RailButton(const QString &title) {
        setText(title);
        setCheckable(true);
        setAutoExclusive(true); // screen readers announce it as one of several
        setFixedSize(railWidth, 58);
        setAttribute(Qt::WA_Hover);
        setFocusPolicy(Qt::TabFocus);
    }

  protected:
    void paintEvent(QPaintEvent *) override {
        QPainter painter(this);
        const QRectF ground = QRectF(rect()).adjusted(7.5, 3.5, -7.5, -3.5);
        if (isChecked() || underMouse() || hasFocus())
            painting::box(&painter, ground, isChecked() || underMouse() ? theme::hover() : QColor(),
                          hasFocus() ? theme::accent() : QColor(), 7);
        if (isChecked())
            painting::box(&painter, QRectF(0, 16, 3, height() - 32), theme::accent(), {}, 1.5);
        painter.setOpacity(isChecked() || underMouse() ? 1 : 0.72);
        icon().paint(&painter, QRect((width() - 22) / 2, 10, 22, 22));
        QFont font = this->font();
        font.setPointSizeF(font.pointSizeF() * 0.88);
        font.setWeight(isChecked() ? QFont::DemiBold : QFont::Normal);
        painter.setFont(font);
        painter.setPen(palette().color(QPalette::WindowText));
        painter.drawText(QRect(0, 33, width(), 18), Qt::AlignCenter, text());
    }
};

} // namespace

NavigationRail::NavigationRail(QWidget *parent)
    : QWidget(parent), m_column(new QVBoxLayout(this)), m_group(new QButtonGroup(this)) {
    setObjectName(QStringLiteral("navigationRail"));
    setFixedWidth(railWidth);
    m_column->setContentsMargins(0, 8, 0, 8);
    m_column->setSpacing(0);
    m_column->addStretch();
    connect(m_group, &QButtonGroup::idClicked, this, &NavigationRail::pageChosen);
}

void NavigationRail::addPage(const QString &name, const QString &title, const QString &icon,
                             const QString &toolTip) {
    const int page = int(m_group->buttons().size());
    const QKeySequence keys(Qt::CTRL | Qt::Key(Qt::Key_1 + page));
    auto *button = new RailButton(title);
    button->setObjectName(name);
    button->setIcon(theme::icon(icon));
    button->setShortcut(keys);
    button->setToolTip(withShortcut(toolTip, keys));
    button->setAccessibleName(title);
    m_group->addButton(button, page);
    m_column->insertWidget(page, button);
}

void NavigationRail::setCurrent(int page) {
    if (QAbstractButton *button = m_group->button(page))
        button->setChecked(true);
}

void NavigationRail::paintEvent(QPaintEvent *) {
    QPainter painter(this);
    painter.fillRect(rect(), theme::sunken());
    painter.setPen(theme::border());
    painter.drawLine(width() - 1, 0, width() - 1, height());
}

} // namespace simclr::ui

// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/runs/explore/map/map_legend.h"

#include "ui/runs/explore/map/point_painter.h"
#include "ui/widgets/plain_text.h"

#include <QContextMenuEvent>
#include <QKeyEvent>
#include <QMenu>
#include <QSignalBlocker>

namespace simclr::ui {

namespace {

constexpr int markSide = 12;

QIcon markOf(const PointGroup &group, double ratio) {
    QPixmap mark = QPixmap::fromImage(pointImage(group.shape(), group.color(), int(markSide * ratio)));
    mark.setDevicePixelRatio(ratio);
    return {mark};
}

} // namespace

MapLegend::MapLegend(QWidget *parent) : QListWidget(parent) {
    setObjectName(QStringLiteral("mapLegend"));
    setAccessibleName(tr("Groups of the map"));
    setToolTip(tr("Tick: show or hide. Double click or Enter: select the images."));
    setFrameShape(QFrame::NoFrame);
    setTextElideMode(Qt::ElideMiddle);
    setHorizontalScrollBarPolicy(Qt::ScrollBarAlwaysOff);
    setIconSize({markSide, markSide});
    setUniformItemSizes(true);
    connect(this, &QListWidget::itemChanged, this, [this](const QListWidgetItem *item) {
        const QString title = item->data(Qt::UserRole).toString();
        m_hidden.removeAll(title);
        if (item->checkState() == Qt::Unchecked)
            m_hidden.append(title);
        Q_EMIT shownChanged();
    });
    connect(this, &QListWidget::itemDoubleClicked, this,
            [this](const QListWidgetItem *item) { Q_EMIT groupChosen(item->data(Qt::UserRole).toString()); });
}

void MapLegend::setGroups(const PointGroups &groups) {
    m_groups = groups.groups;
    fill();
}

void MapLegend::fill() {
    const QSignalBlocker blocker(this);
    const int row = currentRow();
    clear();
    for (const PointGroup &group : m_groups) {
        auto *item = new QListWidgetItem(markOf(group, devicePixelRatioF()),
                                         tr("%1 · %2").arg(group.title, countText(group.count)), this);
        item->setData(Qt::UserRole, group.title);
        item->setFlags(Qt::ItemIsEnabled | Qt::ItemIsSelectable | Qt::ItemIsUserCheckable);
        item->setCheckState(isShown(group.title) ? Qt::Checked : Qt::Unchecked);
    }
    setCurrentRow(row);
}

void MapLegend::showOnly(const QString &title) {
    m_hidden.clear();
    for (const PointGroup &group : m_groups)
        if (!title.isEmpty() && group.title != title)
            m_hidden.append(group.title);
    fill();
    Q_EMIT shownChanged();
}

void MapLegend::contextMenuEvent(QContextMenuEvent *event) {
    const QListWidgetItem *item = itemAt(event->pos());
    if (event->reason() == QContextMenuEvent::Keyboard)
        item = currentItem();
    auto *menu = new QMenu(this);
    menu->setObjectName(QStringLiteral("legendMenu"));
    menu->setAttribute(Qt::WA_DeleteOnClose);
    if (item != nullptr) {
        const QString title = item->data(Qt::UserRole).toString();
        menu->addAction(tr("Select the images"), this, [this, title] { Q_EMIT groupChosen(title); });
        menu->addAction(tr("Show only these"), this, [this, title] { showOnly(title); });
    }
    menu->addAction(tr("Show all"), this, [this] { showOnly({}); });
    menu->popup(event->globalPos());
}

void MapLegend::keyPressEvent(QKeyEvent *event) {
    const bool isEnter = event->key() == Qt::Key_Return || event->key() == Qt::Key_Enter;
    if (isEnter && currentItem() != nullptr)
        Q_EMIT groupChosen(currentItem()->data(Qt::UserRole).toString());
    else
        QListWidget::keyPressEvent(event);
}

void MapLegend::changeEvent(QEvent *event) {
    QListWidget::changeEvent(event);
    if (event->type() == QEvent::PaletteChange)
        fill(); // its marks follow the theme
}

} // namespace simclr::ui

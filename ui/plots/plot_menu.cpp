// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/plots/plot_menu.h"

#include "ui/plots/curve_export.h"
#include "ui/plots/curve_plot.h"

#include <QMenu>

namespace simclr::ui {

namespace {

QMenu *newMenu(CurvePlot &plot, const QString &name) {
    auto *menu = new QMenu(&plot);
    menu->setObjectName(name);
    menu->setAttribute(Qt::WA_DeleteOnClose);
    return menu;
}

bool hasPoints(const CurvePlot &plot) {
    for (int curve = 0; curve < plot.curveCount(); ++curve)
        if (plot.pointCount(curve) > 0)
            return true;
    return false;
}

void addSaveActions(QMenu &menu, CurvePlot &plot) {
    menu.addAction(CurvePlot::tr("Save picture (PNG)…"), &plot, [&plot] { askAndSavePng(plot); });
    QAction *values =
        menu.addAction(CurvePlot::tr("Save values (CSV)…"), &plot, [&plot] { askAndSaveCsv(plot); });
    values->setEnabled(hasPoints(plot));
}

} // namespace

void popUpPlotMenu(CurvePlot &plot, const QPoint &globalPosition) {
    QMenu *menu = newMenu(plot, QStringLiteral("plotMenu"));
    menu->addAction(CurvePlot::tr("Show all data"), &plot, &CurvePlot::fit);
    menu->addSeparator();
    addSaveActions(*menu, plot);
    menu->popup(globalPosition);
}

void popUpSaveMenu(CurvePlot &plot, const QPoint &globalPosition) {
    QMenu *menu = newMenu(plot, QStringLiteral("plotSaveMenu"));
    addSaveActions(*menu, plot);
    menu->popup(globalPosition);
}

} // namespace simclr::ui

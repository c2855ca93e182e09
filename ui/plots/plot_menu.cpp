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

/// The curves to show or hide, also for the keyboard.
void addCurveActions(QMenu &menu, CurvePlot &plot) {
    if (plot.curveCount() < 2)
        return;
    QMenu *curves = menu.addMenu(CurvePlot::tr("Shown curves"));
    curves->setObjectName(QStringLiteral("shownCurves"));
    for (int curve = 0; curve < plot.curveCount(); ++curve) {
        QAction *action = curves->addAction(
            QString(plot.curveStyle(curve).name).replace(QLatin1Char('&'), QStringLiteral("&&")));
        action->setCheckable(true);
        action->setChecked(!plot.isCurveHidden(curve));
        QObject::connect(action, &QAction::triggered, &plot, [&plot, curve] { plot.toggleCurve(curve); });
    }
}

} // namespace

void popUpPlotMenu(CurvePlot &plot, const QPoint &globalPosition) {
    QMenu *menu = newMenu(plot, QStringLiteral("plotMenu"));
    menu->addAction(CurvePlot::tr("Show all data"), &plot, &CurvePlot::fit);
    addCurveActions(*menu, plot);
    menu->addSeparator();
    addExportActions(*menu, plot, [&plot] { return exportedFigure(plot); });
    menu->popup(globalPosition);
}

void popUpSaveMenu(CurvePlot &plot, const QPoint &globalPosition) {
    QMenu *menu = newMenu(plot, QStringLiteral("plotSaveMenu"));
    addExportActions(*menu, plot, [&plot] { return exportedFigure(plot); });
    menu->popup(globalPosition);
}

} // namespace simclr::ui

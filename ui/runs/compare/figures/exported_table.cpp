// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/runs/compare/figures/exported_table.h"

#include <QPainter>
#include <QWidget>
#include <utility>

namespace simclr::ui {

ExportedFigure exportedTable(QWidget &table, const QString &title, const QString &caption,
                             std::function<QByteArray()> csv, bool hasValues) {
    return {title,
            caption,
            table.size(),
            [&table] { return table.grab(); },
            [&table](QPaintDevice &device) {
                QPainter painter(&device);
                painter.setWindow(table.rect());
                table.render(&painter);
            },
            std::move(csv),
            hasValues};
}

} // namespace simclr::ui

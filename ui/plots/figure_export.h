// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <QByteArray>
#include <QPixmap>
#include <QSize>
#include <QString>
#include <functional>

class QMenu;
class QPaintDevice;
class QPoint;
class QWidget;

namespace simclr::ui {

/// A figure as exports need it: a name, what was computed from the values, and how it is painted. Its
/// functions are called when they are wanted; the owner of the figure must exist then. Plain value.
struct ExportedFigure {
    QString title;
    QString caption; ///< may be empty
    QSize size;      ///< of the vector picture, in logical pixels
    std::function<QPixmap()> picture;
    std::function<void(QPaintDevice &)> paint; ///< into a vector file
    std::function<QByteArray()> csv;
    bool hasValues = true; ///< nothing to copy or to save as CSV otherwise
};

/// Write into `file`; return the message to show on failure, otherwise an empty string.
QString writeCsv(const ExportedFigure &figure, const QString &file);
QString writePng(const ExportedFigure &figure, const QString &file);
QString writeSvg(const ExportedFigure &figure, const QString &file);
QString writePdf(const ExportedFigure &figure, const QString &file);

void copyPicture(const ExportedFigure &figure);
/// As CSV.
void copyValues(const ExportedFigure &figure);

/// Adds "Copy picture", "Save picture (PNG)…" and the others. `figure` is called when an action is chosen.
/// Files are asked for in a dialog over `owner`, without blocking.
void addExportActions(QMenu &menu, QWidget &owner, const std::function<ExportedFigure()> &figure);

/// The same as a menu of its own.
void popUpExportMenu(QWidget &owner, const QPoint &globalPosition,
                     const std::function<ExportedFigure()> &figure);

/// A field of a CSV file, by csvField().
QString csvText(const QString &text);
/// With enough digits to be read back exactly; empty for a value that is not finite.
QString csvNumber(double value);

} // namespace simclr::ui

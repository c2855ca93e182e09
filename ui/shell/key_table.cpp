// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/shell/key_table.h"

#include <QCoreApplication>
#include <QStringList>

namespace simclr::ui {

namespace {

QString tr(const char *text) {
    return QCoreApplication::translate("KeyTable", text);
}

KeySection everywhere() {
    return {tr("Everywhere"),
            {{{Qt::CTRL | Qt::Key_1, Qt::CTRL | Qt::Key_2, Qt::CTRL | Qt::Key_3}, tr("Design, Train, Runs")},
             {{Qt::CTRL | Qt::Key_I}, tr("Choose the images")},
             {{QKeySequence::HelpContents}, tr("This help")},
             {{Qt::Key_Escape}, tr("Close the panel or dialog")}}};
}

KeySection pipeline() {
    return {tr("Design: pipeline"),
            {{{QKeySequence::New}, tr("New pipeline")},
             {{QKeySequence::Open}, tr("Open a pipeline")},
             {{QKeySequence::Save, Qt::CTRL | Qt::SHIFT | Qt::Key_S}, tr("Save; save under another name")},
             {{Qt::CTRL | Qt::Key_E}, tr("Show the pipeline as Python")},
             {{QKeySequence::Undo, Qt::CTRL | Qt::SHIFT | Qt::Key_Z}, tr("Undo, redo")},
             {{Qt::Key_Down}, tr("In the search: to the operations that were found")},
             {{Qt::Key_Return}, tr("In the list of operations: add the operation")}}};
}

KeySection operations() {
    return {
        tr("Design: operations of the pipeline"),
        {{{Qt::Key_Up, Qt::Key_Down}, tr("Operation above, below; with Shift choose several")},
         {{Qt::ALT | Qt::Key_Up, Qt::ALT | Qt::Key_Down}, tr("Move the operation up, down")},
         {{Qt::ALT | Qt::Key_Right, Qt::ALT | Qt::Key_Left}, tr("Move it into, out of a combination")},
         {{Qt::Key_Space}, tr("Switch the operation on or off")},
         {{Qt::Key_Return}, tr("Show or hide its parameters")},
         {{QKeySequence::Copy, QKeySequence::Cut, QKeySequence::Paste}, tr("Copy, cut, paste operations")},
         {{Qt::CTRL | Qt::Key_D, Qt::Key_Delete}, tr("Duplicate, remove the operation")},
         {{QKeySequence::SelectAll}, tr("Choose all operations")}}};
}

KeySection preview() {
    return {tr("Design: preview"),
            {{{Qt::ALT | Qt::Key_1, Qt::ALT | Qt::Key_2, Qt::ALT | Qt::Key_3, Qt::ALT | Qt::Key_4},
              tr("Grid, filmstrip, sheet, compare")},
             {{Qt::CTRL | Qt::Key_R, Qt::CTRL | Qt::SHIFT | Qt::Key_R}, tr("Next sample, previous sample")},
             {{Qt::Key_Space}, tr("Next sample")},
             {{Qt::Key_Left, Qt::Key_Right, Qt::Key_Up, Qt::Key_Down}, tr("In the grid: choose an image")},
             {{Qt::Key_PageUp, Qt::Key_PageDown}, tr("Previous, next images of the dataset")},
             {{QKeySequence::Copy}, tr("Copy the preview as a picture")},
             {{Qt::Key_Return}, tr("In the grid: look at the chosen image closely")},
             {{QKeySequence::Paste}, tr("Paste an image to look at")}}};
}

KeySection trainAndRuns() {
    return {tr("Train and Runs"),
            {{{Qt::CTRL | Qt::Key_Return}, tr("Start or stop training")},
             {{Qt::Key_F2}, tr("Rename the run")},
             {{Qt::Key_Delete}, tr("Delete the selected runs")},
             {{QKeySequence::SelectAll}, tr("Select all runs")}}};
}

KeySection plotsAndSliders() {
    return {tr("Plots and sliders"),
            {{{Qt::Key_Left, Qt::Key_Right}, tr("Move the plot; change the value")},
             {{Qt::Key_Plus, Qt::Key_Minus}, tr("Zoom the plot")},
             {{Qt::Key_Home}, tr("Show the whole plot; smallest value")},
             {{Qt::Key_End}, tr("Largest value")},
             {{Qt::Key_Menu}, tr("Save the plot")},
             {{Qt::Key_Up, Qt::Key_Down}, tr("Upper, lower end of a range")}}};
}

} // namespace

QList<KeySection> keyTable() {
    return {everywhere(), pipeline(), operations(), preview(), trainAndRuns(), plotsAndSliders()};
}

QString keysText(const KeyHelp &row) {
    QStringList texts;
    for (const QKeySequence &keys : row.keys)
        texts.append(keys.toString(QKeySequence::NativeText));
    return texts.join(QStringLiteral(", "));
}

} // namespace simclr::ui

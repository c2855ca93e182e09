// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/shell/key_table.h"

#include <QCoreApplication>
#include <QStringList>

namespace simclr::ui {

namespace {

struct Texts {
    Q_DECLARE_TR_FUNCTIONS(KeyTable)
};

KeySection everywhere() {
    return {Texts::tr("Everywhere"),
            {{{Qt::CTRL | Qt::Key_1, Qt::CTRL | Qt::Key_2, Qt::CTRL | Qt::Key_3, Qt::CTRL | Qt::Key_4},
              Texts::tr("Data, Design, Train, Runs")},
             {{Qt::CTRL | Qt::Key_I}, Texts::tr("Choose the images")},
             {{QKeySequence::HelpContents}, Texts::tr("This help")},
             {{Qt::Key_Escape}, Texts::tr("Close the panel or dialog")}}};
}

KeySection data() {
    return {Texts::tr("Data: wall of images"),
            {{{Qt::Key_Left, Qt::Key_Right, Qt::Key_Up, Qt::Key_Down},
              Texts::tr("Select an image; with Shift several, with Ctrl move without selecting")},
             {{Qt::Key_Space}, Texts::tr("Add the image to the selected ones, or remove it")},
             {{Qt::Key_PageUp, Qt::Key_PageDown, Qt::Key_Home, Qt::Key_End},
              Texts::tr("Page up, page down, first image, last image")},
             {{QKeySequence::SelectAll, Qt::Key_Escape}, Texts::tr("Select all images, select none")},
             {{QKeySequence::Copy}, Texts::tr("Copy the paths of the selected images")},
             {{Qt::Key_Delete}, Texts::tr("Leave the selected images out")},
             {{Qt::Key_Return}, Texts::tr("Preview the image in Design")},
             {{Qt::Key_Plus, Qt::Key_Minus}, Texts::tr("Size of the thumbnails")}}};
}

KeySection pipeline() {
    return {
        Texts::tr("Design: pipeline"),
        {{{QKeySequence::New}, Texts::tr("New pipeline")},
         {{QKeySequence::Open}, Texts::tr("Open a pipeline")},
         {{QKeySequence::Save, Qt::CTRL | Qt::SHIFT | Qt::Key_S}, Texts::tr("Save; save under another name")},
         {{Qt::CTRL | Qt::Key_E}, Texts::tr("Show the pipeline as Python")},
         {{QKeySequence::Undo, Qt::CTRL | Qt::SHIFT | Qt::Key_Z}, Texts::tr("Undo, redo")},
         {{Qt::Key_Down}, Texts::tr("In the search: go to the results")},
         {{Qt::Key_Return}, Texts::tr("In the list of operations: add the operation")}}};
}

KeySection operations() {
    return {
        Texts::tr("Design: operations of the pipeline"),
        {{{Qt::Key_Up, Qt::Key_Down}, Texts::tr("Operation above, below; with Shift select several")},
         {{Qt::ALT | Qt::Key_Up, Qt::ALT | Qt::Key_Down}, Texts::tr("Move the operation up, down")},
         {{Qt::ALT | Qt::Key_Right, Qt::ALT | Qt::Key_Left}, Texts::tr("Move it into, out of a combination")},
         {{Qt::Key_Space}, Texts::tr("Switch the operation on or off")},
         {{Qt::Key_Return}, Texts::tr("Show or hide its parameters")},
         {{QKeySequence::Copy, QKeySequence::Cut, QKeySequence::Paste},
          Texts::tr("Copy, cut, paste operations")},
         {{Qt::CTRL | Qt::Key_D, Qt::Key_Delete}, Texts::tr("Duplicate, remove the operation")},
         {{QKeySequence::SelectAll}, Texts::tr("Select all operations")}}};
}

KeySection preview() {
    return {
        Texts::tr("Design: preview"),
        {{{Qt::ALT | Qt::Key_1, Qt::ALT | Qt::Key_2, Qt::ALT | Qt::Key_3, Qt::ALT | Qt::Key_4},
          Texts::tr("Grid, filmstrip, sheet, compare")},
         {{Qt::CTRL | Qt::Key_R, Qt::CTRL | Qt::SHIFT | Qt::Key_R},
          Texts::tr("Next sample, previous sample")},
         {{Qt::Key_Space}, Texts::tr("Next sample")},
         {{Qt::Key_Left, Qt::Key_Right, Qt::Key_Up, Qt::Key_Down}, Texts::tr("In the grid: select an image")},
         {{Qt::Key_PageUp, Qt::Key_PageDown}, Texts::tr("Previous, next images of the dataset")},
         {{QKeySequence::Copy}, Texts::tr("Copy the preview as a picture")},
         {{Qt::Key_Return}, Texts::tr("In the grid: enlarge the selected image")},
         {{QKeySequence::Paste}, Texts::tr("Paste an image into the preview")}}};
}

KeySection trainAndRuns() {
    return {
        Texts::tr("Train and Runs"),
        {{{Qt::CTRL | Qt::Key_Return}, Texts::tr("Start or stop training")},
         {{Qt::CTRL | Qt::Key_Up, Qt::CTRL | Qt::Key_Down}, Texts::tr("In the queue: move the job up, down")},
         {{Qt::Key_F2}, Texts::tr("Rename the run")},
         {{Qt::Key_Delete}, Texts::tr("Move the selected runs to the trash; with Shift: delete them")},
         {{QKeySequence::Undo}, Texts::tr("Revert the last change of runs")},
         {{QKeySequence::Copy}, Texts::tr("Copy the selected runs, or the comparison, as a table")},
         {{Qt::ALT | Qt::Key_1, Qt::ALT | Qt::Key_2, Qt::ALT | Qt::Key_3, Qt::ALT | Qt::Key_4,
           Qt::ALT | Qt::Key_5, Qt::ALT | Qt::Key_6, Qt::ALT | Qt::Key_7, Qt::ALT | Qt::Key_8,
           Qt::ALT | Qt::Key_9},
          Texts::tr("First to ninth saved view")},
         {{QKeySequence::SelectAll}, Texts::tr("Select all runs")},
         {{Qt::Key_Left, Qt::Key_Right, Qt::Key_Return},
          Texts::tr("In a scatter plot: previous, next run; select it in the table")},
         {{Qt::Key_Left, Qt::Key_Right},
          Texts::tr("In parallel coordinates: previous, next axis; with Shift: move the axis")},
         {{Qt::Key_Up, Qt::Key_Down},
          Texts::tr("In parallel coordinates: move the lower end of the brush; with Shift: the upper")},
         {{Qt::Key_Delete}, Texts::tr("In parallel coordinates: remove the brush of the axis")}}};
}

KeySection maps() {
    return {Texts::tr("Runs: maps of images"),
            {{{Qt::Key_Left, Qt::Key_Right, Qt::Key_Up, Qt::Key_Down}, Texts::tr("Move the map")},
             {{Qt::Key_Plus, Qt::Key_Minus}, Texts::tr("Zoom the map")},
             {{Qt::Key_Home}, Texts::tr("Show the whole map")},
             {{QKeySequence::SelectAll, Qt::Key_Escape}, Texts::tr("Select all images, select none")},
             {{Qt::Key_Return}, Texts::tr("In the legend: select the images of the group")},
             {{Qt::Key_Space}, Texts::tr("In the legend: show or hide the group")}}};
}

KeySection galleries() {
    return {Texts::tr("Runs: galleries and confusion matrix"),
            {{{Qt::Key_Plus, Qt::Key_Minus}, Texts::tr("Size of the images or cells")},
             {{QKeySequence::Copy}, Texts::tr("Copy the paths of the images, or the rows of the table")},
             {{Qt::Key_Left, Qt::Key_Right, Qt::Key_Up, Qt::Key_Down}, Texts::tr("Next image or cell")},
             {{Qt::Key_Return}, Texts::tr("In the matrix: show the images of the cell")},
             {{Qt::Key_Escape}, Texts::tr("In the matrix: show the worst images")},
             {{Qt::Key_Home}, Texts::tr("In the matrix: fit it to its space")}}};
}

KeySection plotsAndSliders() {
    return {Texts::tr("Plots and sliders"),
            {{{Qt::Key_Left, Qt::Key_Right}, Texts::tr("Move the plot; change the value")},
             {{Qt::Key_Plus, Qt::Key_Minus}, Texts::tr("Zoom the plot")},
             {{Qt::Key_Home}, Texts::tr("Show the whole plot; smallest value")},
             {{Qt::Key_End}, Texts::tr("Largest value")},
             {{Qt::Key_Menu}, Texts::tr("Save the plot")},
             {{Qt::Key_Up, Qt::Key_Down}, Texts::tr("Upper, lower end of a range")}}};
}

} // namespace

QList<KeySection> keyTable() {
    return {everywhere(),   data(), pipeline(),  operations(),     preview(),
            trainAndRuns(), maps(), galleries(), plotsAndSliders()};
}

QString keysText(const KeyHelp &row) {
    QStringList texts;
    for (const QKeySequence &keys : row.keys)
        texts.append(keys.toString(QKeySequence::NativeText));
    return texts.join(QStringLiteral(", "));
}

} // namespace simclr::ui

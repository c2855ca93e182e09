// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/plots/figure_export.h"

#include "core/util/csv.h"
#include "core/util/error.h"
#include "core/util/files.h"
#include "ui/widgets/file_dialog.h"

#include <QBuffer>
#include <QClipboard>
#include <QCoreApplication>
#include <QFile>
#include <QFileDialog>
#include <QGuiApplication>
#include <QLocale>
#include <QMenu>
#include <QMessageBox>
#include <QMimeData>
#include <QPageSize>
#include <QPdfWriter>
#include <QSvgGenerator>
#include <cmath>

namespace simclr::ui {

namespace {

struct Texts {
    Q_DECLARE_TR_FUNCTIONS(FigureExport)
};

using Writer = QString (*)(const ExportedFigure &, const QString &);

/// The error message; empty on success.
QString write(const QString &file, const QByteArray &bytes) {
    try {
        writeFileAtomically(QFile::encodeName(file).toStdString(), bytes.toStdString());
    } catch (const Error &error) {
        return QString::fromStdString(error.what());
    }
    return {};
}

void showProblem(QWidget &owner, const QString &problem) {
    auto *box =
        new QMessageBox(QMessageBox::Warning, Texts::tr("Not saved"), problem, QMessageBox::Ok, &owner);
    box->setTextFormat(Qt::PlainText);
    box->setAttribute(Qt::WA_DeleteOnClose);
    box->open();
}

struct Format {
    QString text; ///< of the action
    QString suffix;
    QString filter;
    Writer write;
};

void askAndSave(QWidget &owner, const Format &format, const std::function<ExportedFigure()> &figure) {
    QFileDialog *dialog = newFileDialog(&owner, QStringLiteral("saveDialog"), Texts::tr("Save the figure"),
                                        format.filter, FolderFor::Plots);
    dialog->setAcceptMode(QFileDialog::AcceptSave);
    dialog->setFileMode(QFileDialog::AnyFile);
    dialog->setDefaultSuffix(format.suffix);
    QObject::connect(dialog, &QFileDialog::fileSelected, &owner,
                     [&owner, figure, write = format.write](const QString &file) {
                         if (const QString problem = write(figure(), file); !problem.isEmpty())
                             showProblem(owner, problem);
                     });
    dialog->open();
}

QList<Format> formats() {
    return {{Texts::tr("Save picture (PNG)…"), QStringLiteral("png"), Texts::tr("PNG picture (*.png)"),
             &writePng},
            {Texts::tr("Save picture (SVG)…"), QStringLiteral("svg"), Texts::tr("SVG picture (*.svg)"),
             &writeSvg},
            {Texts::tr("Save picture (PDF)…"), QStringLiteral("pdf"), Texts::tr("PDF document (*.pdf)"),
             &writePdf},
            {Texts::tr("Save values (CSV)…"), QStringLiteral("csv"),
             Texts::tr("Comma-separated values (*.csv)"), &writeCsv}};
}

} // namespace

QString writeCsv(const ExportedFigure &figure, const QString &file) {
    return write(file, figure.csv());
}

QString writePng(const ExportedFigure &figure, const QString &file) {
    QBuffer png;
    png.open(QIODevice::WriteOnly);
    if (!figure.picture().save(&png, "PNG"))
        return Texts::tr("The figure could not be encoded as PNG.");
    return write(file, png.data());
}

QString writeSvg(const ExportedFigure &figure, const QString &file) {
    QBuffer svg;
    svg.open(QIODevice::WriteOnly);
    QSvgGenerator generator;
    generator.setOutputDevice(&svg);
    generator.setSize(figure.size);
    generator.setViewBox(QRect(QPoint(), figure.size));
    generator.setTitle(figure.title);
    generator.setDescription(figure.caption);
    figure.paint(generator);
    return write(file, svg.data());
}

QString writePdf(const ExportedFigure &figure, const QString &file) {
    QBuffer pdf;
    pdf.open(QIODevice::WriteOnly);
    {
        QPdfWriter writer(&pdf);
        writer.setTitle(figure.title);
        writer.setPageSize(QPageSize(QSizeF(figure.size) * 0.75, QPageSize::Point));
        writer.setPageMargins(QMarginsF());
        figure.paint(writer);
    }
    return write(file, pdf.data());
}

void copyPicture(const ExportedFigure &figure) {
    QGuiApplication::clipboard()->setPixmap(figure.picture());
}

void copyValues(const ExportedFigure &figure) {
    auto *values = new QMimeData;
    const QByteArray csv = figure.csv();
    values->setData(QStringLiteral("text/csv"), csv);
    values->setText(QString::fromUtf8(csv));
    QGuiApplication::clipboard()->setMimeData(values);
}

void addExportActions(QMenu &menu, QWidget &owner, const std::function<ExportedFigure()> &figure) {
    menu.addAction(Texts::tr("Copy picture"), &owner, [figure] { copyPicture(figure()); });
    QAction *copied =
        menu.addAction(Texts::tr("Copy values (CSV)"), &owner, [figure] { copyValues(figure()); });
    menu.addSeparator();
    QAction *saved = nullptr;
    const QList<Format> all = formats();
    for (const Format &format : all)
        saved = menu.addAction(format.text, &owner,
                               [&owner, format, figure] { askAndSave(owner, format, figure); });
    const bool hasValues = figure().hasValues;
    for (QAction *action : {copied, saved}) // the last format is that of values
        action->setEnabled(hasValues);
}

void popUpExportMenu(QWidget &owner, const QPoint &globalPosition,
                     const std::function<ExportedFigure()> &figure) {
    auto *menu = new QMenu(&owner);
    menu->setObjectName(QStringLiteral("figureMenu"));
    menu->setAttribute(Qt::WA_DeleteOnClose);
    addExportActions(*menu, owner, figure);
    menu->popup(globalPosition);
}

QString csvText(const QString &text) {
    return QString::fromStdString(csvField(text.toStdString()));
}

QString csvNumber(double value) {
    return std::isfinite(value) ? QString::number(value, 'g', QLocale::FloatingPointShortest) : QString();
}

} // namespace simclr::ui

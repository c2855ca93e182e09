// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/plots/curve_export.h"

#include "core/util/csv.h"
#include "core/util/error.h"
#include "core/util/files.h"
#include "ui/plots/curve_plot.h"
#include "ui/widgets/file_dialog.h"

#include <QBuffer>
#include <QCoreApplication>
#include <QFile>
#include <QFileDialog>
#include <QMessageBox>
#include <QPixmap>
#include <QTextStream>

namespace simclr::ui {

namespace {

struct Texts {
    Q_DECLARE_TR_FUNCTIONS(CurveExport)
};

QString csvText(const QString &text) {
    return QString::fromStdString(csvField(text.toStdString()));
}

QString exactNumber(double value) {
    return QString::number(value, 'g', QLocale::FloatingPointShortest);
}

using Writer = QString (*)(CurvePlot &, const QString &);

void askAndSave(CurvePlot &plot, const QString &suffix, const QString &filter, Writer write) {
    QFileDialog *dialog = newFileDialog(&plot, QStringLiteral("saveDialog"), Texts::tr("Save the plot"),
                                        filter, FolderFor::Plots);
    dialog->setAcceptMode(QFileDialog::AcceptSave);
    dialog->setFileMode(QFileDialog::AnyFile);
    dialog->setDefaultSuffix(suffix);
    QObject::connect(dialog, &QFileDialog::fileSelected, &plot, [&plot, write](const QString &file) {
        const QString problem = write(plot, file);
        if (problem.isEmpty())
            return;
        auto *box =
            new QMessageBox(QMessageBox::Warning, Texts::tr("Not saved"), problem, QMessageBox::Ok, &plot);
        box->setTextFormat(Qt::PlainText);
        box->setAttribute(Qt::WA_DeleteOnClose);
        box->open();
    });
    dialog->open();
}

/// The error message; empty on success.
QString write(const QString &file, const QByteArray &bytes) {
    try {
        writeFileAtomically(QFile::encodeName(file).toStdString(), bytes.toStdString());
    } catch (const Error &error) {
        return QString::fromStdString(error.what());
    }
    return {};
}

} // namespace

QByteArray curvesAsCsv(const CurvePlot &plot) {
    QByteArray bytes;
    QTextStream out(&bytes);
    out << "curve," << csvText(plot.axes().x) << ',' << csvText(plot.title()) << '\n';
    for (int curve = 0; curve < plot.curveCount(); ++curve) {
        const QString name = csvText(plot.curveStyle(curve).name);
        for (const QPointF &point : plot.points(curve))
            out << name << ',' << exactNumber(point.x()) << ',' << exactNumber(point.y()) << '\n';
    }
    out.flush();
    return bytes;
}

QString writeCurvesAsCsv(CurvePlot &plot, const QString &file) {
    return write(file, curvesAsCsv(plot));
}

QString writePlotAsPng(CurvePlot &plot, const QString &file) {
    QBuffer png;
    png.open(QIODevice::WriteOnly);
    if (!plot.picture().save(&png, "PNG"))
        return Texts::tr("The plot could not be encoded as PNG.");
    return write(file, png.data());
}

void askAndSaveCsv(CurvePlot &plot) {
    askAndSave(plot, QStringLiteral("csv"), Texts::tr("Comma-separated values (*.csv)"), &writeCurvesAsCsv);
}

void askAndSavePng(CurvePlot &plot) {
    askAndSave(plot, QStringLiteral("png"), Texts::tr("PNG picture (*.png)"), &writePlotAsPng);
}

} // namespace simclr::ui

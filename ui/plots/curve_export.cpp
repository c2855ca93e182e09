// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/plots/curve_export.h"

#include "ui/plots/curve_plot.h"

#include <QCoreApplication>
#include <QFileDialog>
#include <QMessageBox>
#include <QPixmap>
#include <QSaveFile>
#include <QTextStream>

namespace simclr::ui {

namespace {

QString tr(const char *text) {
    return QCoreApplication::translate("CurveExport", text);
}

QString csvField(QString text) {
    text.replace(QLatin1Char('"'), QStringLiteral("\"\""));
    return QLatin1Char('"') + text + QLatin1Char('"');
}

QString exactNumber(double value) {
    return QString::number(value, 'g', QLocale::FloatingPointShortest);
}

using Writer = QString (*)(CurvePlot &, const QString &);

void askAndSave(CurvePlot &plot, const QString &suffix, const QString &filter, Writer write) {
    auto *dialog = new QFileDialog(&plot, tr("Save"), QString(), filter);
    dialog->setObjectName(QStringLiteral("saveDialog"));
    dialog->setAttribute(Qt::WA_DeleteOnClose);
    dialog->setAcceptMode(QFileDialog::AcceptSave);
    dialog->setDefaultSuffix(suffix);
    QObject::connect(dialog, &QFileDialog::fileSelected, &plot, [&plot, write](const QString &file) {
        const QString problem = write(plot, file);
        if (problem.isEmpty())
            return;
        auto *box = new QMessageBox(QMessageBox::Warning, tr("Not saved"), problem, QMessageBox::Ok, &plot);
        box->setTextFormat(Qt::PlainText);
        box->setAttribute(Qt::WA_DeleteOnClose);
        box->open();
    });
    dialog->open();
}

QString problemWith(const QSaveFile &file) {
    return tr("%1 could not be written: %2").arg(file.fileName(), file.errorString());
}

} // namespace

QByteArray curvesAsCsv(const CurvePlot &plot) {
    QByteArray bytes;
    QTextStream out(&bytes);
    out << "curve," << csvField(plot.axes().x) << ',' << csvField(plot.title()) << '\n';
    for (int curve = 0; curve < plot.curveCount(); ++curve) {
        const QString name = csvField(plot.curveStyle(curve).name);
        for (const QPointF &point : plot.points(curve))
            out << name << ',' << exactNumber(point.x()) << ',' << exactNumber(point.y()) << '\n';
    }
    out.flush();
    return bytes;
}

QString writeCurvesAsCsv(CurvePlot &plot, const QString &file) {
    QSaveFile out(file);
    if (!out.open(QIODevice::WriteOnly))
        return problemWith(out);
    out.write(curvesAsCsv(plot));
    return out.commit() ? QString() : problemWith(out);
}

QString writePlotAsPng(CurvePlot &plot, const QString &file) {
    QSaveFile out(file);
    if (!out.open(QIODevice::WriteOnly))
        return problemWith(out);
    if (!plot.grab().save(&out, "PNG"))
        return problemWith(out);
    return out.commit() ? QString() : problemWith(out);
}

void askAndSaveCsv(CurvePlot &plot) {
    askAndSave(plot, QStringLiteral("csv"), tr("Comma-separated values (*.csv)"), &writeCurvesAsCsv);
}

void askAndSavePng(CurvePlot &plot) {
    askAndSave(plot, QStringLiteral("png"), tr("PNG picture (*.png)"), &writePlotAsPng);
}

} // namespace simclr::ui

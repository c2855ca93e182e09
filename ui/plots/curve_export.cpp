// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/plots/curve_export.h"

#include "core/util/csv.h"
#include "core/util/error.h"
#include "core/util/files.h"
#include "ui/plots/curve_plot.h"
#include "ui/plots/smoothing_text.h"
#include "ui/widgets/file_dialog.h"

#include <QBuffer>
#include <QClipboard>
#include <QCoreApplication>
#include <QFile>
#include <QFileDialog>
#include <QGuiApplication>
#include <QMessageBox>
#include <QMimeData>
#include <QPageSize>
#include <QPdfWriter>
#include <QPixmap>
#include <QSvgGenerator>
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

struct Columns {
    bool smoothed = false;
    bool band = false;
};

Columns columnsOf(const CurvePlot &plot) {
    Columns columns;
    for (int curve = 0; curve < plot.curveCount(); ++curve) {
        columns.smoothed = columns.smoothed || plot.isSmoothed(curve);
        columns.band = columns.band || !plot.group(curve).counts.empty();
    }
    return columns;
}

QString smoothedTitle(const CurvePlot &plot) {
    const QString method = smoothingText(plot.smoothing());
    return method.isEmpty() ? Texts::tr("smoothed") : Texts::tr("smoothed: %1").arg(method);
}

void writeCurve(QTextStream &out, const CurvePlot &plot, int curve, const Columns &columns) {
    const QString name = csvText(plot.curveStyle(curve).name);
    const QList<QPointF> raw = plot.points(curve);
    const QList<QPointF> drawn = columns.smoothed ? plot.drawnPoints(curve) : raw;
    const GroupCurve &group = plot.group(curve);
    for (qsizetype i = 0; i < raw.size(); ++i) {
        out << name << ',' << exactNumber(raw[i].x()) << ',' << exactNumber(raw[i].y());
        if (columns.smoothed)
            out << ',' << (plot.isSmoothed(curve) ? exactNumber(drawn[i].y()) : QString());
        const auto place = static_cast<std::size_t>(i);
        if (columns.band && !group.counts.empty())
            out << ',' << exactNumber(group.low[place]) << ',' << exactNumber(group.high[place]) << ','
                << group.counts[place];
        else if (columns.band)
            out << ",,,";
        out << '\n';
    }
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
    const Columns columns = columnsOf(plot);
    out << "curve," << csvText(plot.axes().x) << ',' << csvText(plot.title());
    if (columns.smoothed)
        out << ',' << csvText(smoothedTitle(plot));
    if (columns.band)
        out << ',' << csvText(Texts::tr("lower end, %1").arg(plot.caption())) << ','
            << csvText(Texts::tr("upper end, %1").arg(plot.caption())) << ",n";
    out << '\n';
    for (int curve = 0; curve < plot.curveCount(); ++curve)
        writeCurve(out, plot, curve, columns);
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

QString writePlotAsSvg(CurvePlot &plot, const QString &file) {
    QBuffer svg;
    svg.open(QIODevice::WriteOnly);
    QSvgGenerator generator;
    generator.setOutputDevice(&svg);
    generator.setSize(plot.pictureSize());
    generator.setViewBox(QRect(QPoint(), plot.pictureSize()));
    generator.setTitle(plot.title());
    generator.setDescription(plot.caption());
    plot.paintVector(generator);
    return write(file, svg.data());
}

QString writePlotAsPdf(CurvePlot &plot, const QString &file) {
    QBuffer pdf;
    pdf.open(QIODevice::WriteOnly);
    {
        QPdfWriter writer(&pdf);
        writer.setTitle(plot.title());
        writer.setPageSize(QPageSize(QSizeF(plot.pictureSize()) * 0.75, QPageSize::Point));
        writer.setPageMargins(QMarginsF());
        plot.paintVector(writer);
    }
    return write(file, pdf.data());
}

void copyPicture(CurvePlot &plot) {
    QGuiApplication::clipboard()->setPixmap(plot.picture());
}

void copyValues(CurvePlot &plot) {
    auto *values = new QMimeData;
    const QByteArray csv = curvesAsCsv(plot);
    values->setData(QStringLiteral("text/csv"), csv);
    values->setText(QString::fromUtf8(csv));
    QGuiApplication::clipboard()->setMimeData(values);
}

void askAndSaveSvg(CurvePlot &plot) {
    askAndSave(plot, QStringLiteral("svg"), Texts::tr("SVG picture (*.svg)"), &writePlotAsSvg);
}

void askAndSavePdf(CurvePlot &plot) {
    askAndSave(plot, QStringLiteral("pdf"), Texts::tr("PDF document (*.pdf)"), &writePlotAsPdf);
}

void askAndSaveCsv(CurvePlot &plot) {
    askAndSave(plot, QStringLiteral("csv"), Texts::tr("Comma-separated values (*.csv)"), &writeCurvesAsCsv);
}

void askAndSavePng(CurvePlot &plot) {
    askAndSave(plot, QStringLiteral("png"), Texts::tr("PNG picture (*.png)"), &writePlotAsPng);
}

} // namespace simclr::ui

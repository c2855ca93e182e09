// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/text/dataset_text.h"

#include "core/data/data_source.h"
#include "core/data/forms/form.h"
#include "core/util/error.h"

#include <QCoreApplication>
#include <QDir>
#include <QFileInfo>

namespace simclr::ui {

namespace {

struct Texts {
    Q_DECLARE_TR_FUNCTIONS(DatasetText)
};

QString dimensions(const ImageSize &size) {
    return Texts::tr("%1 × %2").arg(countText(size.width), countText(size.height));
}

QString plainSourceText(const QString &source) {
    if (source == QStringLiteral("shapes") || source == QStringLiteral("shapes:1"))
        return Texts::tr("Shapes (built in)");
    const QString path = source.section(QChar(':'), 1);
    if (path.startsWith(QChar('/')))
        return QString(path).replace(QDir::homePath(), QStringLiteral("~"));
    return source;
}

/// A damaged text as it is.
DataSource partsOf(const QString &source) {
    try {
        return dataSourceFromText(source.toStdString());
    } catch (const InvalidInput &) {
        return {.images = source.toStdString(), .labelled = {}, .selection = {}};
    }
}

} // namespace

QString sizeText(const DatasetReport &report) {
    const ImageSize &low = report.smallest;
    const ImageSize &high = report.largest;
    const bool equal = low.width == high.width && low.height == high.height;
    if (equal && low.width == low.height)
        return Texts::tr("%1 px").arg(countText(low.width));
    return equal ? Texts::tr("%1 px").arg(dimensions(low))
                 : Texts::tr("%1 to %2 px").arg(dimensions(low), dimensions(high));
}

QString datasetHeadline(const DatasetReport &report) {
    return QStringLiteral("%1 · %2 · %3")
        .arg(QString::fromStdString(report.title), countText(report.images), sizeText(report));
}

QString kindText(const DatasetReport &report) {
    if (report.kind == "shapes")
        return Texts::tr("Built in: rendered by the program");
    if (report.kind == "folder")
        return Texts::tr("Folder of images");
    if (report.kind == "joined")
        return Texts::tr("Images to learn from and labelled images to evaluate on");
    if (report.kind == "cifar10")
        return Texts::tr("CIFAR-10, binary files");
    for (const DataForm *form : dataForms())
        if (report.kind == form->id)
            return QString::fromUtf8(form->title);
    return QString::fromStdString(report.kind);
}

QString labelledSourceText(const QString &source) {
    return plainSourceText(QString::fromStdString(partsOf(source).labelled));
}

QString sourceText(const QString &source) {
    const DataSource parts = partsOf(source);
    QString text = plainSourceText(QString::fromStdString(parts.images));
    if (!parts.labelled.empty())
        text =
            Texts::tr("%1 + labelled %2").arg(text, plainSourceText(QString::fromStdString(parts.labelled)));
    if (!parts.selection.empty())
        text = Texts::tr("%1 · %2").arg(
            text, QFileInfo(QString::fromStdString(parts.selection)).completeBaseName());
    return text;
}

QString fullSourceText(const QString &source) {
    const DataSource parts = partsOf(source);
    QStringList texts{QString::fromStdString(parts.images)};
    if (!parts.labelled.empty())
        texts.append(Texts::tr("labelled: %1").arg(QString::fromStdString(parts.labelled)));
    if (!parts.selection.empty())
        texts.append(Texts::tr("selection: %1").arg(QString::fromStdString(parts.selection)));
    return texts.join(QStringLiteral("; "));
}

} // namespace simclr::ui

// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/runs/explore/map/image_text.h"

#include "ui/runs/explore/gallery/gallery_item.h"

#include <QCoreApplication>
#include <QStringList>

namespace simclr::ui {

namespace {

struct Texts {
    Q_DECLARE_TR_FUNCTIONS(ImageText)
};

QString predictionText(const MappedImages &images, std::size_t row) {
    const QString predicted = classText(&images.images(), images.predicted[row]);
    const int label = images.table().labels[row];
    if (label == Dataset::unlabelled)
        return Texts::tr("predicted: %1").arg(predicted);
    return label == images.predicted[row] ? Texts::tr("predicted: %1, right").arg(predicted)
                                          : Texts::tr("predicted: %1, wrong").arg(predicted);
}

} // namespace

QString splitText(ImageSplit split) {
    switch (split) {
    case ImageSplit::Train:
        return Texts::tr("training");
    case ImageSplit::Validation:
        return Texts::tr("validation");
    case ImageSplit::Test:
        return Texts::tr("test");
    case ImageSplit::Learn:
        return Texts::tr("learned from, not evaluated");
    case ImageSplit::None:
        break;
    }
    return Texts::tr("not used by the run");
}

QString imageDescription(const MappedImages &images, std::size_t row) {
    const FeatureTable &table = images.table();
    QStringList lines;
    if (const QString name = classText(&images.images(), table.labels[row]); !name.isEmpty())
        lines.append(name);
    if (images.predicted[row] != Dataset::unlabelled)
        lines.append(predictionText(images, row));
    lines.append(splitText(table.splits[row]));
    lines.append(imageText(&images.images(), table.samples[row]));
    return lines.join(QLatin1Char('\n'));
}

} // namespace simclr::ui

// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/runs/explore/gallery/gallery_item.h"

#include "ui/widgets/plain_text.h"

#include <QCoreApplication>

namespace simclr::ui {

namespace {

struct Texts {
    Q_DECLARE_TR_FUNCTIONS(GalleryItem)
};

} // namespace

QString classText(const Dataset *dataset, int label) {
    if (label < 0)
        return {};
    if (dataset == nullptr || label >= dataset->classCount())
        return Texts::tr("class %1").arg(label);
    return QString::fromStdString(dataset->report().classNames[std::size_t(label)]);
}

QString imageText(const Dataset *dataset, std::uint32_t sample) {
    if (dataset == nullptr || sample >= dataset->size())
        return Texts::tr("image %1").arg(countText(sample));
    return QString::fromStdString(dataset->sampleName(sample));
}

} // namespace simclr::ui

// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/data/duplicates/duplicate_text.h"

#include "ui/widgets/plain_text.h"

#include <QCoreApplication>
#include <QStringList>

namespace simclr::ui {

namespace {

struct Texts {
    Q_DECLARE_TR_FUNCTIONS(DuplicateText)
};

QString pairText(std::size_t low, std::size_t high, std::size_t count) {
    const QString one = studiedSplitText(ImageSplit(low));
    const QString other = studiedSplitText(ImageSplit(high));
    return low == high ? Texts::tr("within %1: %2").arg(one, countText(count))
                       : Texts::tr("%1 – %2: %3").arg(one, other, countText(count));
}

QString pairsText(const DuplicateCounts &counts) {
    QStringList parts;
    for (std::size_t low = 0; low < DuplicateCounts::splits; ++low)
        for (std::size_t high = low; high < DuplicateCounts::splits; ++high)
            if (counts.pairs[low][high] > 0)
                parts.append(pairText(low, high, counts.pairs[low][high]));
    return Texts::tr("Pairs by split: %1.").arg(parts.join(QStringLiteral(" · ")));
}

QString leakText(const QString &sentence, std::size_t count, std::size_t all) {
    const double percent = all > 0 ? 100.0 * double(count) / double(all) : 0;
    return sentence.arg(countText(count), decimalText(percent, 1));
}

/// What the search has not seen: one line each.
QStringList limitsOf(const DuplicateImages &found) {
    QStringList lines;
    if (found.isCut)
        lines.append(
            Texts::tr("The search ended early: too many images are similar. There may be more pairs."));
    if (found.brokenCount > 0)
        lines.append(Texts::tr("Not readable: %1.").arg(countText(found.brokenCount)));
    return lines;
}

} // namespace

QString stageText(DuplicateStage stage, qulonglong done, qulonglong all) {
    switch (stage) {
    case DuplicateStage::Reading:
        return Texts::tr("Reading %1 of %2 images").arg(countText(done), countText(all));
    case DuplicateStage::Comparing:
        return Texts::tr("Comparing %1 of %2 images").arg(countText(done), countText(all));
    case DuplicateStage::Confirming:
        return Texts::tr("Confirming %1 of %2 pairs").arg(countText(done), countText(all));
    }
    return {};
}

QString foundText(const DuplicateImages &found, const StudiedSplits &splits) {
    const DuplicateCounts counts = countDuplicates(found, splits.splitOfEach);
    QStringList lines{
        Texts::tr("Pairs: %1, of which exactly equal: %3. Groups: %2.")
            .arg(countText(found.pairs.size()), countText(found.groups.size()), countText(counts.exact))};
    lines.append(pairsText(counts));
    if (counts.testInTrain > 0)
        lines.append(leakText(Texts::tr("Test images that are also trained on: %1 (%2 %)."),
                              counts.testInTrain, splits.splits.test.size()));
    if (counts.validationInTrain > 0)
        lines.append(leakText(Texts::tr("Validation images that are also trained on: %1 (%2 %)."),
                              counts.validationInTrain, splits.splits.validation.size()));
    lines.append(limitsOf(found));
    return lines.join(QChar('\n'));
}

QString nothingFoundText(const DuplicateImages &found) {
    QStringList lines{Texts::tr("%1 images were compared.").arg(countText(found.compared))};
    lines.append(limitsOf(found));
    return lines.join(QChar('\n'));
}

} // namespace simclr::ui

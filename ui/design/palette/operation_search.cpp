// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/design/palette/operation_search.h"

#include "ui/widgets/core_text.h"
#include <QStringList>
#include <algorithm>
#include <map>
#include <string>

namespace simclr::ui {

namespace {

/// Other names of the operations: in torchvision, Kornia, Albumentations and other libraries.
QString otherNames(const std::string &operation) {
    static const std::map<std::string, const char *> names{
        {"random_resized_crop", "RandomResizedCrop"},
        {"center_crop", "CenterCrop"},
        {"horizontal_flip", "RandomHorizontalFlip hflip mirror"},
        {"vertical_flip", "RandomVerticalFlip vflip"},
        {"rotate_quarters", "rotation RandomRotate90"},
        {"rotation", "rotate RandomRotation"},
        {"affine", "RandomAffine ShiftScaleRotate"},
        {"perspective", "RandomPerspective"},
        {"cutout", "RandomErasing CoarseDropout erase"},
        {"color_jitter", "ColorJitter colour"},
        {"color_drop", "RandomGrayscale ToGray grey greyscale"},
        {"solarize", "RandomSolarize"},
        {"posterize", "RandomPosterize"},
        {"equalize", "RandomEqualize"},
        {"autocontrast", "RandomAutocontrast"},
        {"invert", "RandomInvert"},
        {"gaussian_blur", "GaussianBlur"},
        {"gaussian_noise", "GaussianNoise GaussNoise"},
        {"sharpness", "RandomAdjustSharpness sharpen"},
        {"jpeg", "ImageCompression"},
        {"auto_augment", "AutoAugment"},
        {"rand_augment", "RandAugment"},
        {"group", "RandomApply Compose Sequential"},
        {"one_of", "RandomChoice OneOf"},
        {"some_of", "SomeOf"},
        {"random_order", "RandomOrder"},
    };
    const auto found = names.find(operation);
    return found == names.end() ? QString() : QString::fromLatin1(found->second);
}

/// Lower case, with single spaces: "color_jitter" becomes "color jitter".
QString plain(QString text) {
    text.replace(QChar('_'), QChar(' ')).replace(QChar('-'), QChar(' '));
    return text.toCaseFolded().simplified();
}

QString squashed(QString text) {
    return text.remove(QChar(' '));
}

bool beginsWordsOf(const QString &title, const QStringList &words) {
    const QStringList parts = title.split(QChar(' '));
    return std::ranges::all_of(words, [&](const QString &word) {
        return std::ranges::any_of(parts, [&](const QString &part) { return part.startsWith(word); });
    });
}

std::optional<SearchRank> rankOfTitle(const QString &title, const QString &typed) {
    if (squashed(title) == squashed(typed))
        return SearchRank::Title;
    if (title.startsWith(typed))
        return SearchRank::TitleStart;
    if (beginsWordsOf(title, typed.split(QChar(' '))))
        return SearchRank::WordStarts;
    if (squashed(title).contains(squashed(typed)))
        return SearchRank::TitlePart;
    return std::nullopt;
}

/// Other libraries write names without spaces, users do not.
std::optional<SearchRank> rankOfOtherNames(const OperationType &type, const QString &typed) {
    const QStringList names = plain(otherNames(type.id)).split(QChar(' '), Qt::SkipEmptyParts);
    const QString name = squashed(typed);
    if (names.contains(name))
        return SearchRank::OtherName;
    if (std::ranges::any_of(names, [&](const QString &other) { return other.contains(name); }))
        return SearchRank::OtherNamePart;
    return std::nullopt;
}

bool holdsWords(const OperationType &type, const QStringList &words) {
    const QString text = plain(QString::fromStdString(type.title + ' ' + type.id + ' ' + type.help + ' ' +
                                                      categoryTitle(type.category) + ' ') +
                               otherNames(type.id));
    return std::ranges::all_of(words, [&](const QString &word) { return text.contains(word); });
}

} // namespace

std::optional<SearchRank> searchRank(const OperationType &type, const QString &search) {
    const QString typed = plain(search);
    const auto byTitle = rankOfTitle(plain(coreText(type.title)), typed);
    const auto byId = rankOfTitle(plain(QString::fromStdString(type.id)), typed);
    if (byTitle && byId)
        return std::min(*byTitle, *byId);
    if (byTitle || byId)
        return byTitle ? byTitle : byId;
    if (const auto byName = rankOfOtherNames(type, typed))
        return byName;
    if (holdsWords(type, typed.split(QChar(' '))))
        return SearchRank::Text;
    return std::nullopt;
}

} // namespace simclr::ui

// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/runs/explore/map/point_groups.h"

#include "ui/runs/explore/map/image_text.h"
#include "ui/text/split_text.h"
#include "ui/widgets/theme.h"

#include <QCoreApplication>
#include <QHash>
#include <QLocale>
#include <algorithm>
#include <array>
#include <cmath>
#include <numeric>
#include <optional>

namespace simclr::ui {

namespace {

struct Texts {
    Q_DECLARE_TR_FUNCTIONS(PointGroups)
};

constexpr int colors = 7; ///< of theme::runColor(), which has two shades of each
constexpr int shapes = 4;
constexpr std::size_t ranges = 10;
constexpr std::size_t mostGroups = 200; ///< of texts; a legend of more is not readable
constexpr std::size_t mostTexts = 12;   ///< different numbers up to which they are shown one by one

PointGroup category(const QString &title, int number) {
    PointGroup group;
    group.title = title;
    group.number = number;
    return group;
}

PointGroup unknown(const QString &title) {
    PointGroup group;
    group.title = title;
    group.look = PointGroup::Look::Unknown;
    return group;
}

void count(PointGroups &groups) {
    for (const std::uint32_t group : groups.groupOf)
        ++groups.groups[group].count;
}

/// Groups without points are left out of the legend; colours stay those of their number.
PointGroups withoutEmpty(PointGroups all) {
    count(all);
    std::vector<std::uint32_t> place(all.groups.size());
    PointGroups kept;
    for (std::size_t i = 0; i < all.groups.size(); ++i) {
        place[i] = static_cast<std::uint32_t>(kept.groups.size());
        if (all.groups[i].count > 0)
            kept.groups.push_back(std::move(all.groups[i]));
    }
    kept.groupOf = std::move(all.groupOf);
    for (std::uint32_t &group : kept.groupOf)
        group = place[group];
    return kept;
}

/// A group per class, and a last one for `rest`.
PointGroups byClassIndex(std::span<const std::int32_t> classes, const Dataset &images, const QString &rest) {
    PointGroups all;
    for (const std::string &name : images.report().classNames)
        all.groups.push_back(category(QString::fromStdString(name), int(all.groups.size())));
    const auto known = static_cast<std::int32_t>(all.groups.size());
    all.groups.push_back(unknown(rest));
    for (const std::int32_t each : classes)
        all.groupOf.push_back(static_cast<std::uint32_t>(each >= 0 && each < known ? each : known));
    return withoutEmpty(std::move(all));
}

std::vector<double> numbersOf(const std::vector<QString> &values) {
    std::vector<double> numbers;
    for (const QString &value : values) {
        bool isNumber = false;
        const double number = value.toDouble(&isNumber);
        if (!isNumber && !value.isEmpty())
            return {};
        numbers.push_back(isNumber && std::isfinite(number) ? number : std::nan(""));
    }
    return numbers;
}

PointGroups byRanges(const std::vector<double> &numbers) {
    double low = INFINITY;
    double high = -INFINITY;
    for (const double number : numbers) {
        low = std::fmin(low, number);
        high = std::fmax(high, number);
    }
    const double width = (high - low) / ranges;
    PointGroups all;
    for (std::size_t i = 0; i < ranges; ++i) {
        PointGroup group;
        const auto text = [](double number) { return QLocale().toString(number, 'g', 3); };
        const double from = low + width * double(i);
        group.title = Texts::tr("%1 to %2").arg(text(from), text(from + width));
        group.look = PointGroup::Look::Scale;
        group.place = double(i) / (ranges - 1);
        all.groups.push_back(group);
    }
    all.groups.push_back(unknown(Texts::tr("no value")));
    for (const double number : numbers)
        all.groupOf.push_back(std::isnan(number)
                                  ? std::uint32_t(ranges)
                                  : std::uint32_t(std::clamp((number - low) / width, 0.0, ranges - 1.0)));
    return withoutEmpty(std::move(all));
}

PointGroups byTexts(const std::vector<QString> &values, const QHash<QString, std::size_t> &counts) {
    QStringList texts = counts.keys();
    std::ranges::sort(texts, [&counts](const QString &one, const QString &other) {
        return std::pair(counts[other], one) < std::pair(counts[one], other);
    });
    texts.removeAll(QString());
    PointGroups all;
    QHash<QString, std::uint32_t> places;
    for (const QString &text : std::as_const(texts)) {
        if (all.groups.size() == mostGroups)
            break;
        places.insert(text, std::uint32_t(all.groups.size()));
        all.groups.push_back(category(text, int(all.groups.size())));
    }
    const auto rest = std::uint32_t(all.groups.size()); // the rarest texts
    places.insert(QString(), rest + 1);
    all.groups.push_back(unknown(Texts::tr("other")));
    all.groups.push_back(unknown(Texts::tr("no value")));
    for (const QString &value : values)
        all.groupOf.push_back(places.value(value, rest));
    return withoutEmpty(std::move(all));
}

/// From dark blue through green to yellow, even in lightness; reversed on a dark background, so that high
/// values always stand out.
QColor scaleColor(double place) {
    static constexpr std::array<QRgb, 5> stops{0x440154, 0x3b528b, 0x21918c, 0x4fb860, 0xd9c91f};
    const double at = std::clamp(place, 0.0, 1.0) * (stops.size() - 1);
    const auto before = std::min(static_cast<std::size_t>(at), stops.size() - 2);
    const double share = at - double(before);
    const auto mix = [share](int one, int other) { return int(std::lround(one + share * (other - one))); };
    const QRgb one = stops[before];
    const QRgb other = stops[before + 1];
    const QColor color(mix(qRed(one), qRed(other)), mix(qGreen(one), qGreen(other)),
                       mix(qBlue(one), qBlue(other)));
    return theme::isDark() ? color.lighter(135) : color;
}

} // namespace

QColor PointGroup::color() const {
    switch (look) {
    case Look::Unknown:
        return theme::mutedText();
    case Look::Scale:
        return scaleColor(place);
    case Look::Category:
        break;
    }
    const int round = number / (colors * shapes) % 2;
    return theme::runColor(1 + number % colors + round * colors);
}

PointShape PointGroup::shape() const {
    return look == Look::Category ? static_cast<PointShape>(number / colors % shapes) : PointShape::Disc;
}

PointGroups groupsByClass(const FeatureTable &table, const Dataset &images) {
    return byClassIndex(table.labels, images, Texts::tr("not labelled"));
}

PointGroups groupsBySplit(const FeatureTable &table) {
    PointGroups all;
    int number = 0;
    for (const ImageSplit split :
         {ImageSplit::Train, ImageSplit::Validation, ImageSplit::Test, ImageSplit::Learn})
        all.groups.push_back(category(splitText(split), number++));
    all.groups.push_back(unknown(splitText(ImageSplit::None)));
    for (const ImageSplit split : table.splits)
        all.groupOf.push_back(static_cast<std::uint32_t>(split));
    return withoutEmpty(std::move(all));
}

PointGroups groupsByPrediction(std::span<const std::int32_t> predicted, const Dataset &images) {
    return byClassIndex(predicted, images, Texts::tr("not evaluated"));
}

PointGroups groupsByCorrectness(std::span<const std::int32_t> predicted, const FeatureTable &table) {
    PointGroups all;
    all.groups = {category(Texts::tr("right"), 0), category(Texts::tr("wrong"), 1),
                  unknown(Texts::tr("not evaluated"))};
    for (std::size_t row = 0; row < predicted.size(); ++row)
        all.groupOf.push_back(predicted[row] < 0 ? 2 : predicted[row] == table.labels[row] ? 0 : 1);
    return withoutEmpty(std::move(all));
}

PointGroups groupsByText(const std::vector<QString> &values) {
    QHash<QString, std::size_t> counts;
    for (const QString &value : values)
        ++counts[value];
    const std::vector<double> numbers = numbersOf(values);
    const bool areNumbers = !numbers.empty() && std::size_t(counts.size()) > mostTexts;
    return areNumbers ? byRanges(numbers) : byTexts(values, counts);
}

} // namespace simclr::ui

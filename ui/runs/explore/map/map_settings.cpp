// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/runs/explore/map/map_settings.h"

#include <QSettings>
#include <algorithm>

namespace simclr::ui {

namespace {

const QString group = QStringLiteral("runs/map/");

int number(const QSettings &settings, const char *key, int usual, int low, int high) {
    return std::clamp(settings.value(group + QLatin1String(key), usual).toInt(), low, high);
}

} // namespace

MapSettings MapSettings::recall() {
    const QSettings stored;
    MapSettings settings;
    const QString split = stored.value(group + "split").toString();
    for (const char *known : {"all", "train", "validation", "test"})
        if (split == QLatin1String(known))
            settings.split = split;
    settings.method = static_cast<MapMethod>(number(stored, "method", int(settings.method), 0, 1));
    settings.sides = static_cast<MapSides>(number(stored, "sides", 0, 0, 2));
    settings.colouring = static_cast<MapColouring>(number(stored, "colouring", 0, 0, 3));
    settings.neighbours = number(stored, "neighbours", settings.neighbours, 2, 200);
    settings.minDist = std::clamp(stored.value(group + "minDist", settings.minDist).toDouble(), 0.0, 1.0);
    settings.seed = number(stored, "seed", 0, 0, 1'000'000);
    return settings;
}

/// A column is not remembered: its file may be another one next time.
void MapSettings::remember() const {
    QSettings stored;
    stored.setValue(group + "split", split);
    stored.setValue(group + "method", int(method));
    stored.setValue(group + "sides", int(sides));
    if (colouring != MapColouring::Column)
        stored.setValue(group + "colouring", int(colouring));
    stored.setValue(group + "neighbours", neighbours);
    stored.setValue(group + "minDist", minDist);
    stored.setValue(group + "seed", seed);
}

bool MapSettings::isSameMap(const MapSettings &other) const {
    return split == other.split && method == other.method && sides == other.sides &&
           (method == MapMethod::Pca ||
            (neighbours == other.neighbours && minDist == other.minDist && seed == other.seed));
}

} // namespace simclr::ui

// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/workspace/option_settings.h"

#include <QSettings>

namespace simclr::ui {

namespace {

const QString settingsKey = QStringLiteral("train/options");

/// An empty object if nothing readable is stored.
Json rememberedJson() {
    const std::string text = QSettings().value(settingsKey).toString().toStdString();
    try {
        const Json json = parseJson(text, "settings");
        return json.is_object() ? json : Json::object();
    } catch (const Error &) {
        return Json::object();
    }
}

} // namespace

TrainOptions rememberedOptions() {
    const auto &description = trainOptionsDescription();
    const Json remembered = rememberedJson();
    TrainOptions options;
    for (const auto &[id, item] : remembered.items()) {
        try {
            const Parameter &parameter = description.parameter(id, "settings");
            description.write(options, id, valueFromJson(parameter, item, "settings"), "settings");
        } catch (const Error &) {
            continue; // from another version: keep the default
        }
    }
    return options;
}

void rememberOptions(const TrainOptions &options) {
    const Json json = trainOptionsDescription().toJson(options);
    QSettings().setValue(settingsKey, QString::fromStdString(toLine(json)));
}

} // namespace simclr::ui

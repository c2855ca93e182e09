// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/workspace/option_settings.h"

#include <QSettings>

namespace simclr::ui {

namespace {

const QString settingsKey = QStringLiteral("train/options");

} // namespace

TrainOptions rememberedOptions() {
    const auto &description = trainOptionsDescription();
    TrainOptions options;
    const std::string text = QSettings().value(settingsKey).toString().toStdString();
    const Json json = Json::parse(text, nullptr, false);
    if (!json.is_object())
        return options;
    for (const auto &[id, item] : json.items()) {
        try {
            const Parameter &parameter = description.parameter(id, "settings");
            description.write(options, id, valueFromJson(parameter, item, "settings"), "settings");
        } catch (const Error &) {
            continue; // of another version: the default serves
        }
    }
    return options;
}

void rememberOptions(const TrainOptions &options) {
    const Json json = trainOptionsDescription().toJson(options);
    QSettings().setValue(settingsKey, QString::fromStdString(toLine(json)));
}

} // namespace simclr::ui

// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/util/json.h"

#include <QTemporaryDir>
#include <QTest>
#include <filesystem>
#include <string>
#include <vector>

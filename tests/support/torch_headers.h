// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/compute/torch.h"
#include "core/util/json.h"

#include <QTemporaryDir>
#include <QTest>

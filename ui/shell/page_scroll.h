// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

class QScrollArea;
class QWidget;

namespace simclr::ui {

/// Lets a page keep its own smallest size, and scroll where the window is smaller. The page becomes the area's.
QScrollArea *scrolledPage(QWidget *page);

} // namespace simclr::ui

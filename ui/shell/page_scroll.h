// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

class QScrollArea;
class QWidget;

namespace simclr::ui {

/// Scroll area that keeps the minimum size of a page and scrolls if the window is smaller. Takes ownership of
/// the page.
QScrollArea *scrolledPage(QWidget *page);

} // namespace simclr::ui

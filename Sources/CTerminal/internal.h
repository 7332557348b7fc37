// What the parts of the C target share.

#ifndef CTERMINAL_INTERNAL_H
#define CTERMINAL_INTERNAL_H

#if defined(__linux__) && !defined(_GNU_SOURCE)
#define _GNU_SOURCE 1
#endif

#include <stdbool.h>
#include <stddef.h>

/// The file descriptors of the terminal; -1 before the start.
extern int ct_input_fd, ct_output_fd;

/// Makes the wake pipe, once; false when that fails.
bool ct_open_pipe(void);
/// The end of the wake pipe to wait on.
int ct_pipe_fd(void);
/// Empties the wake pipe.
void ct_drain_pipe(void);

/// Installs the handlers. Call it before curses starts: curses leaves handlers of others alone.
void ct_install_handlers(void);
/// Puts back the handlers that were there before.
void ct_remove_handlers(void);

/// Remembers the terminal's modes as they are now, for the way out.
bool ct_save_modes(void);
/// Adds bytes that a dying process shall write to bring the terminal back.
void ct_add_farewell(const char *bytes, size_t count);
/// Says whether the terminal has to be brought back by whoever dies now.
void ct_set_taken(bool is_taken);
/// Puts the remembered modes back.
void ct_restore_modes(void);

#endif

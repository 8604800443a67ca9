using NuCypher.P2P.Node.CommandLine;
using NuCypher.P2P.Node.Contacts;
using NuCypher.P2P.Node.Errors;

namespace NuCypher.P2P.Node.Commands;

/// <summary><c>contacts list</c>: who is in the address book.</summary>
internal sealed class ContactsListCommand : NodeCommand
{
    /// <summary>The command's words.</summary>
    public ContactsListCommand() : base("list", "List names and cards.", "nucypher contacts list") =>
        Add(SharedOptions.Data);

    /// <inheritdoc/>
    public override Task<ExitCode> RunAsync(CommandContext context, CancellationToken cancellation)
    {
        var entries = ContactBook.Of(context.RequireFolder()).Entries;
        context.Write(
            new { contacts = entries.Select(e => new { name = e.Name, role = e.Role, card = e.Card }) },
            output =>
            {
                foreach (var entry in entries)
                    output.WriteLine($"{Printable.Of(entry.Name)}  {entry.Card}");
            });
        return Task.FromResult(ExitCode.Success);
    }
}

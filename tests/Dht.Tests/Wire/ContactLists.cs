namespace NuCypher.P2P.Dht.Tests.Wire;

/// <summary>All contacts of a response at once.</summary>
internal static class ContactLists
{
    public static bool TryReadContacts(this RpcResponse response, int limit, List<Contact> contacts)
    {
        var reader = response.ReadContacts(limit);
        while (reader.TryRead(out var contact))
            contacts.Add(contact);
        return reader.IsList;
    }
}
